using System.Buffers.Binary;
using System.IO.Compression;

namespace Word2Vec.Formats;

/// <summary>Goes through the pages of a column in a row group, unpacks them and reads their levels.</summary>
internal sealed class ParquetPages
{
    // How many values a byte of a file may stand for where they are places in a dictionary: more is damage, or the same vector throughout.
    private const long MostValuesPerByte = 16;
    private const int BestGzipRatio = 1100;

    private readonly ParquetFile _file;
    private readonly ParquetColumn _column;
    private readonly int _group;
    private readonly ParquetCodec _codec;
    private readonly long _end;
    private long _at;
    private long _left;
    private int _page;
    private bool _hasDictionary;
    private int[] _repetition = [];
    private int[] _definition = [];

    public ParquetPages(ParquetFile file, ParquetColumn column, int group)
    {
        (_file, _column, _group) = (file, column, group);
        ThriftStruct chunk = file.Chunk(group, column);
        _codec = (ParquetCodec)(chunk.Integer(4) ?? 0);
        _left = chunk.Integer(5) ?? 0;
        long offset = chunk.Integer(9) ?? 0, dictionary = chunk.Integer(11) ?? 0, length = chunk.Integer(7) ?? 0;
        _at = dictionary > 0 && dictionary < offset ? dictionary : offset;
        if (_at < ParquetFormat.Magic.Length || _at > file.DataEnd || length < 0 || length > file.DataEnd - _at)
            throw Error($"lie at byte {_at} and take {length}; there are pages from byte {ParquetFormat.Magic.Length} to " +
                $"{file.DataEnd}. It is damaged");
        _end = _at + length;
        if (_codec is not (ParquetCodec.Uncompressed or ParquetCodec.Snappy or ParquetCodec.Gzip))
            throw Error($"are compressed with {_codec.ToString().ToUpperInvariant()}; uncompressed, SNAPPY or GZIP is read. In DuckDB: " +
                "copy (from 'old.parquet') to 'new.parquet' (format parquet, compression uncompressed)");
    }

    /// <summary>The number of values of the page.</summary>
    public int Count { get; private set; }

    public ParquetEncoding Encoding { get; private set; }

    /// <summary>The values as the encoding has them.</summary>
    public ParquetBytes Values { get; private set; }

    /// <summary>The repetition level of each value; none where the column does not repeat.</summary>
    public ReadOnlySpan<int> Repetition => _repetition.AsSpan(0, _column.MostRepetition == 0 ? 0 : Count);

    /// <summary>The dictionary's values one behind another, and how many there are.</summary>
    public (ParquetBytes Values, int Count) Dictionary { get; private set; }

    /// <summary>Goes to the next page of values.</summary>
    public bool MoveNext()
    {
        while (_left > 0)
        {
            long at = _at;
            if (at >= _end)
                throw Error($"end at byte {at} with {_left} values missing. It is damaged");
            ThriftStruct header = ThriftStruct.Read(_file.File, ref _at, _end);
            long unpacked = header.Integer(2) ?? -1, packed = header.Integer(3) ?? -1, body = _at;
            if (packed < 0 || packed > _end - body || packed > int.MaxValue || unpacked is < 0 or > int.MaxValue)
                throw Damaged(at, $"promises {packed} bytes, {unpacked} unpacked, where {_end - body} are left");
            _at += packed;
            _page++;
            if (TryPage(header, at, new ParquetBytes(null, body, (int)packed), (int)unpacked))
                return true;
        }

        return false;
    }

    /// <summary>An error about the column in this row group.</summary>
    public Word2VecException Error(string what) =>
        _file.Error($"cannot be read: the pages of column {_column.Path} in row group {_group + 1} {what}");

    /// <summary>An error about the page that begins at <paramref name="at"/>.</summary>
    public Word2VecException Damaged(long at, string what) =>
        _file.Error($"cannot be read: page {_page} of column {_column.Path} in row group {_group + 1}, at byte {at}, {what}");

    /// <summary>The same for the page that was read last.</summary>
    public Word2VecException Damaged(string what) => Damaged(PageAt, what);

    private long PageAt { get; set; }

    // False for a page that has no values of rows.
    private bool TryPage(ThriftStruct header, long at, ParquetBytes body, int unpacked)
    {
        PageAt = at;
        switch (header.Integer(1))
        {
            case ParquetFormat.DataPage when header.Struct(5) is { } data:
                Begin(data.Integer(1), data.Integer(2));
                ReadVersion1(Unpack(body, unpacked));
                return Count > 0;
            case ParquetFormat.DataPageV2 when header.Struct(8) is { } data:
                Begin(data.Integer(1), data.Integer(4));
                ReadVersion2(data, body, unpacked);
                return Count > 0;
            case ParquetFormat.DictionaryPage when header.Struct(7) is { } dictionary:
                ParquetBytes values = Unpack(body, unpacked);
                long count = dictionary.Integer(1) ?? -1;
                if (_hasDictionary)
                    throw Damaged("is a second dictionary; a column has one in a row group");
                _hasDictionary = true;
                if (count < 0 || _column.Width == 0 || count > values.Length / _column.Width)
                    throw Damaged($"promises {count} values in {values.Length} bytes");
                Dictionary = (values, (int)count);
                return false;
            default:
                return false;
        }
    }

    private void Begin(long? count, long? encoding)
    {
        if (count is null or < 0 || count > Math.Min(_left, Array.MaxLength))
            throw Damaged($"promises {count} values, where {_left} are left");
        (Count, Encoding) = ((int)count, (ParquetEncoding)(encoding ?? 0));
        _left -= Count;
    }

    // The levels are packed with the values, each kind with its length in front.
    private void ReadVersion1(ParquetBytes body)
    {
        ParquetBytes repetition = default, definition = default;
        if (_column.MostRepetition > 0)
            repetition = TakeLevels(ref body);
        if (_column.MostDefinition > 0)
            definition = TakeLevels(ref body);
        Finish(repetition, definition, body);
    }

    private ParquetBytes TakeLevels(ref ParquetBytes body)
    {
        int length = body.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(body.Span(_file.File));
        if (length < 0 || length > body.Length - sizeof(int))
            throw Damaged($"promises levels of {length} bytes, where {body.Length} are left");
        ParquetBytes levels = body.Slice(sizeof(int), length);
        body = body.Slice(sizeof(int) + length, body.Length - sizeof(int) - length);
        return levels;
    }

    // The levels are never packed, and their lengths stand in the page's header.
    private void ReadVersion2(ThriftStruct header, ParquetBytes body, int unpacked)
    {
        long definition = header.Integer(5) ?? 0, repetition = header.Integer(6) ?? 0;
        if (definition < 0 || repetition < 0 || definition > body.Length || repetition > body.Length - definition ||
            definition + repetition > unpacked)
            throw Damaged($"promises levels of {repetition} and {definition} bytes in {body.Length}");
        int levels = (int)(repetition + definition);
        ParquetBytes values = body.Slice(levels, body.Length - levels);
        bool isPacked = (header.Integer(7) ?? 1) != 0;
        values = isPacked ? Unpack(values, unpacked - levels) : values;
        Finish(body.Slice(0, (int)repetition), body.Slice((int)repetition, (int)definition), values);
    }

    private void Finish(ParquetBytes repetition, ParquetBytes definition, ParquetBytes values)
    {
        bool isPlain = Encoding is ParquetEncoding.Plain or ParquetEncoding.ByteStreamSplit;
        long most = isPlain ? values.Length / Math.Max(1, _column.Width) : MostValuesPerByte * _file.File.Length;
        if (Count > most)
            throw Damaged($"promises {Count} values, of which {values.Length} bytes have room for {most}; it is damaged or holds NULL");
        Values = values;
        if (_column.MostRepetition > 0)
            ReadLevels(repetition, _column.MostRepetition, ref _repetition);
        if (_column.MostDefinition == 0)
            return;
        ReadLevels(definition, _column.MostDefinition, ref _definition);
        int missing = _definition.AsSpan(0, Count).IndexOfAnyExcept(_column.MostDefinition);
        if (missing >= 0)
            throw Damaged($"holds NULL, or a list without elements, as value {missing + 1}; leave such rows out");
    }

    private void ReadLevels(ParquetBytes levels, int most, ref int[] target)
    {
        if (target.Length < Count)
            target = new int[Count];
        int width = sizeof(int) * 8 - System.Numerics.BitOperations.LeadingZeroCount((uint)most);
        if (!ParquetRuns.TryRead(levels.Span(_file.File), width, target.AsSpan(0, Count)))
            throw Damaged($"has levels of {levels.Length} bytes that do not give {Count} values");
    }

    private ParquetBytes Unpack(ParquetBytes packed, int length)
    {
        ReadOnlySpan<byte> source = packed.Span(_file.File);
        byte[]? bytes = _codec switch
        {
            ParquetCodec.Uncompressed => [],
            ParquetCodec.Snappy => Snappy.Unpack(source, length),
            _ => Gunzip(source, length),
        };
        if (bytes is null || (_codec == ParquetCodec.Uncompressed && packed.Length != length))
            throw Damaged($"holds {packed.Length} bytes that do not unpack ({_codec.ToString().ToUpperInvariant()}) into {length}");
        return _codec == ParquetCodec.Uncompressed ? packed : new ParquetBytes(bytes, 0, length);
    }

    private static byte[]? Gunzip(ReadOnlySpan<byte> source, int length)
    {
        if (length > (long)source.Length * BestGzipRatio)
            return null;
        try
        {
            var bytes = new byte[length];
            using var gzip = new GZipStream(new MemoryStream(source.ToArray()), CompressionMode.Decompress);
            return gzip.ReadAtLeast(bytes, length, throwOnEndOfStream: false) == length && gzip.ReadByte() < 0 ? bytes : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
