using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary>A database that is read: its header, and its pages checked against the file's length.</summary>
internal sealed unsafe class SqliteFile
{
    private const int EncodingUtf8 = 1;
    private const int SmallestUsable = 480;

    private readonly MappedFile _file;

    /// <exception cref="Word2VecException">The header cannot be that of this file, or what it holds lies in another file.</exception>
    public SqliteFile(MappedFile file)
    {
        _file = file;
        if (file.Length < SqliteFormat.SmallestPage || !file.From(0).StartsWith(SqliteFormat.Magic))
            throw Error($"has {file.Length} bytes and begins with {ErrorText.Quote(file.From(0)[..(int)Math.Min(16, file.Length)])}; a " +
                $"header of {SqliteFormat.HeaderLength} bytes that begins with 'SQLite format 3' was expected");
        int size = BinaryPrimitives.ReadUInt16BigEndian(file.From(16));
        PageSize = size == 1 ? SqliteFormat.LargestPage : size;
        Usable = PageSize - file.Start[20];
        if (PageSize < SqliteFormat.SmallestPage || (PageSize & (PageSize - 1)) != 0 || Usable < SmallestUsable)
            throw Error($"has pages of {PageSize} bytes, {file.Start[20]} of them reserved, at byte 16; a power of two from 512 to " +
                "65536 was expected; it is damaged");
        Pages = file.Length / PageSize;
        CheckLength();
        uint encoding = BinaryPrimitives.ReadUInt32BigEndian(file.From(56));
        if (encoding is 2 or 3)
            throw Error("holds text in UTF-16; make one in UTF-8 of it: sqlite3 old.db .dump | sqlite3 new.db");
        if (encoding > EncodingUtf8)
            throw Error($"has the text encoding {encoding} at byte 56; 1 (UTF-8) was expected; it is damaged");
        RefuseUnfinished();
    }

    /// <summary>Bytes of a page.</summary>
    public int PageSize { get; }

    /// <summary>Bytes of a page that are not reserved.</summary>
    public int Usable { get; }

    /// <summary>Whole pages of the file.</summary>
    public long Pages { get; }

    /// <summary>The address of the file's first byte.</summary>
    public byte* Start => _file.Start;

    public long Length => _file.Length;

    /// <summary>The byte at which page <paramref name="number"/> begins.</summary>
    public long OffsetOf(long number) => (number - 1) * PageSize;

    /// <summary>The bytes of page <paramref name="number"/> that are not reserved; the number was checked.</summary>
    public ReadOnlySpan<byte> Page(long number) => new(Start + OffsetOf(number), Usable);

    public Word2VecException Error(string what) => new(ErrorKind.Format, $"The SQLite database '{_file.Path}' {what}.");

    // The header's number of pages holds if the program that wrote it last also knew of it.
    private void CheckLength()
    {
        uint pages = BinaryPrimitives.ReadUInt32BigEndian(_file.From(28));
        bool holds = BinaryPrimitives.ReadUInt32BigEndian(_file.From(24)) == BinaryPrimitives.ReadUInt32BigEndian(_file.From(92));
        if (holds && pages > Pages)
            throw Error($"has {_file.Length} bytes; its header promises {pages} pages of {PageSize}, which are " +
                $"{(long)pages * PageSize}. It is cut short");
    }

    // Rows that were committed into a write-ahead log, or that a journal would take back, are not as the file alone has them.
    private void RefuseUnfinished()
    {
        const int WriteAheadLog = 2;
        string log = _file.Path + "-wal", journal = _file.Path + "-journal";
        if (_file.Start[19] == WriteAheadLog && File.Exists(log) && new FileInfo(log).Length > 0)
            throw Error($"has changes in '{log}' that are not in it yet; bring them in: sqlite3 {Path.GetFileName(_file.Path)} \"pragma " +
                "wal_checkpoint(truncate)\"");
        if (HoldsJournal(journal))
            throw Error($"is in the middle of a change, which '{journal}' would take back; open it once with sqlite3, or wait until its " +
                "writer is done");
    }

    private static bool HoldsJournal(string path)
    {
        ReadOnlySpan<byte> magic = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
        try
        {
            using FileStream journal = File.OpenRead(path);
            Span<byte> start = stackalloc byte[8];
            return journal.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(magic);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }
}
