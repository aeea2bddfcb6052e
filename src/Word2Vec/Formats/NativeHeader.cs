using System.Buffers.Binary;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>The beginning of a <see cref="NativeFormat"/> file: its numbers and the places of its sections.</summary>
/// <param name="Count">The number of words.</param>
/// <param name="Size">Components of each vector.</param>
/// <param name="Precision">What a component is stored as.</param>
/// <param name="Sections">The sections in the order in which they lie.</param>
internal sealed record NativeHeader(int Count, int Size, VectorPrecision Precision, IReadOnlyList<NativeSection> Sections)
{
    private const int Version = 1;
    private const int FixedBytes = 64, SectionBytes = 24, MostSections = 64;
    private const int VersionAt = 8, ChecksumAt = 12, LengthAt = 16, CountAt = 24, SizeAt = 32, PrecisionAt = 36, SectionsAt = 40;

    /// <summary>What a file begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "W2V-VEC\n"u8;

    /// <summary>Bytes of a component.</summary>
    public int ComponentBytes => Precision switch
    {
        VectorPrecision.Full => sizeof(float),
        VectorPrecision.Half => sizeof(ushort),
        _ => sizeof(sbyte),
    };

    /// <summary>The section of <paramref name="kind"/>; null if there is none.</summary>
    public NativeSection? Find(NativeKind kind)
    {
        foreach (NativeSection section in Sections)
        {
            if (section.Kind == kind)
                return section;
        }

        return null;
    }

    /// <summary>Lays sections of these kinds and lengths out.</summary>
    public static NativeHeader Lay(int count, int size, VectorPrecision precision, IReadOnlyList<(NativeKind Kind, long Length)> contents)
    {
        var sections = new List<NativeSection>();
        long at = NativeSection.Align(FixedBytes + SectionBytes * contents.Count);
        foreach ((NativeKind kind, long length) in contents)
        {
            sections.Add(new NativeSection(kind, at, length));
            at = sections[^1].Next;
        }

        return new NativeHeader(count, size, precision, sections);
    }

    /// <summary>The bytes of the header, up to the first section.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Sections[0].Start];
        Magic.CopyTo(bytes);
        Put(VersionAt, Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(LengthAt), Sections[^1].Start + Sections[^1].Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(CountAt), Count);
        Put(SizeAt, Size);
        Put(PrecisionAt, (int)Precision);
        Put(SectionsAt, Sections.Count);
        for (int i = 0; i < Sections.Count; i++)
        {
            int at = FixedBytes + SectionBytes * i;
            Put(at, (int)Sections[i].Kind);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + 8), Sections[i].Start);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + 16), Sections[i].Length);
        }

        Put(ChecksumAt, (int)Checksum.Of(bytes));
        return bytes;

        void Put(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
    }

    /// <summary>Reads the header of <paramref name="file"/> and compares all that it says with the file's length.</summary>
    /// <exception cref="Word2VecException">It is damaged, or of a later version.</exception>
    public static NativeHeader Read(MappedFile file)
    {
        ReadOnlySpan<byte> bytes = file.From(0);
        if (!bytes.StartsWith(Magic))
            throw Error(file, $"begins with {ErrorText.Quote(bytes)}; W2V-VEC was expected");
        if (bytes.Length < FixedBytes)
            throw Error(file, $"ends behind byte {bytes.Length}, in its header; it is cut short");
        int version = BinaryPrimitives.ReadInt32LittleEndian(bytes[VersionAt..]);
        if (version != Version)
            throw Error(file, $"is of version {version} (byte {VersionAt}); this program reads version {Version}. Read it with a newer one");
        long sections = BinaryPrimitives.ReadInt32LittleEndian(bytes[SectionsAt..]), length = FixedBytes + SectionBytes * sections;
        if (sections is < 1 or > MostSections)
            throw Error(file, $"has {sections} sections (byte {SectionsAt}); 1 to {MostSections} were expected. It is damaged");
        length = NativeSection.Align(length);
        if (length > bytes.Length)
            throw Error(file, $"ends behind byte {bytes.Length}, in its header of {length}; it is cut short");
        CheckSum(file, bytes[..(int)length]);
        long promised = BinaryPrimitives.ReadInt64LittleEndian(bytes[LengthAt..]);
        if (promised != file.Length)
            throw Error(file, $"has {file.Length} bytes and not the {promised} of which its header speaks; " +
                (file.Length < promised ? "it is cut short" : "something was added to it"));
        return Parse(file, bytes, (int)sections);
    }

    /// <summary>The error for damage.</summary>
    public static Word2VecException Error(MappedFile file, string what) => new(ErrorKind.Format, $"The Word2Vec file '{file.Path}' {what}.");

    private static void CheckSum(MappedFile file, ReadOnlySpan<byte> header)
    {
        var checksum = default(Checksum);
        checksum.Append(header[..ChecksumAt]);
        checksum.Append(stackalloc byte[sizeof(uint)]);
        checksum.Append(header[(ChecksumAt + sizeof(uint))..]);
        if (checksum.Value != BinaryPrimitives.ReadUInt32LittleEndian(header[ChecksumAt..]))
            throw Error(file, $"has a header (bytes 0 to {header.Length - 1}) whose checksum does not fit; it is damaged");
    }

    private static NativeHeader Parse(MappedFile file, ReadOnlySpan<byte> bytes, int sectionCount)
    {
        long count = BinaryPrimitives.ReadInt64LittleEndian(bytes[CountAt..]);
        int size = BinaryPrimitives.ReadInt32LittleEndian(bytes[SizeAt..]), precision = BinaryPrimitives.ReadInt32LittleEndian(bytes[PrecisionAt..]);
        if (count < 1 || count >= Array.MaxLength || size < 1 || size > Array.MaxLength || !Enum.IsDefined((VectorPrecision)precision))
            throw Error(file, $"speaks of {count} words of {size} components of kind {precision} (bytes {CountAt} to {SectionsAt - 1}), " +
                "which cannot be; it is damaged");
        var sections = new NativeSection[sectionCount];
        long expected = NativeSection.Align(FixedBytes + SectionBytes * sectionCount);
        for (int i = 0; i < sectionCount; i++)
        {
            int at = FixedBytes + SectionBytes * i;
            long start = BinaryPrimitives.ReadInt64LittleEndian(bytes[(at + 8)..]), length = BinaryPrimitives.ReadInt64LittleEndian(bytes[(at + 16)..]);
            if (start != expected || length < 0 || length > file.Length - start)
                throw Error(file, $"has a section of {length} bytes at byte {start} (byte {at}); {expected} was expected, and no more than " +
                    $"{file.Length} bytes in all. It is damaged");
            sections[i] = new NativeSection((NativeKind)BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]), start, length);
            expected = sections[i].Next;
        }

        var header = new NativeHeader((int)count, size, (VectorPrecision)precision, sections);
        header.CheckSections(file);
        return header;
    }

    private void CheckSections(MappedFile file)
    {
        Int128 rows = (Int128)Count * Size * ComponentBytes;
        bool hasFactors = Precision == VectorPrecision.Quantized;
        Check(NativeKind.Words, true, null);
        Check(NativeKind.WordOffsets, true, sizeof(int) * (Count + (Int128)1));
        Check(NativeKind.WordSlots, true, null);
        Check(NativeKind.Counts, false, (Int128)Count * sizeof(long));
        Check(NativeKind.Rows, true, rows);
        Check(NativeKind.Factors, hasFactors, (Int128)Count * sizeof(float));
        Check(NativeKind.UnitScales, true, (Int128)Count * sizeof(float));
        Check(NativeKind.OutputRows, false, rows);
        Check(NativeKind.OutputFactors, hasFactors && Find(NativeKind.OutputRows) is not null, (Int128)Count * sizeof(float));
        bool hasSubwords = Find(NativeKind.Subwords) is not null;
        Check(NativeKind.Subwords, false, NativeSubwords.Bytes);
        Check(NativeKind.SubwordRows, hasSubwords, null);
        Check(NativeKind.SubwordFactors, hasSubwords && hasFactors, null);
        Check(NativeKind.Checksums, true, (Int128)Sections.Count * sizeof(uint));
        NativeSection last = Sections[^1];
        if (last.Kind != NativeKind.Checksums || last.Start + last.Length != file.Length)
            throw Error(file, $"has {last.Kind} for its last section, up to byte {last.Start + last.Length}; the checksums were expected, up " +
                $"to byte {file.Length}. It is damaged");

        void Check(NativeKind kind, bool isNeeded, Int128? length)
        {
            int found = Sections.Count(section => section.Kind == kind);
            if (found > 1 || (isNeeded && found == 0))
                throw Error(file, $"has {found} sections of {kind} (kind {(int)kind}); one was expected. It is damaged");
            if (found == 1 && length is { } expected && Find(kind)!.Value.Length != expected)
                throw Error(file, $"has {Find(kind)!.Value.Length} bytes of {kind} at byte {Find(kind)!.Value.Start}; {expected} were expected " +
                    $"for {Count} words of {Size} components. It is damaged");
        }
    }
}
