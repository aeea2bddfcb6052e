using Word2Vec.Formats;

namespace Word2Vec.Tests.Formats;

/// <summary> Makes Parquet files of the columns <c>word</c> and <c>vector.list.element</c>, the latter optional, in one row group, with
/// levels as
/// they are given and any number of the description replaced.
/// </summary>
internal sealed class ParquetBuilder
{
    /// <summary>How many numbers can be replaced in a file of one page for each column.</summary>
    public const int Numbers = 40;

    private readonly List<byte[]> _words = [];
    private readonly List<byte[]> _vectors = [];
    private int _wordCount;
    private int _valueCount;
    private int _numbers;

    public int Codec { get; init; }

    public ParquetEncoding Encoding { get; set; }

    /// <summary>Which number becomes <see cref="Number"/>, in the order in which they are written; −1 for none.</summary>
    public int Changed { get; init; } = -1;

    public long Number { get; init; }

    public void AddWords(params string[] words)
    {
        byte[][] texts = [.. words.Select(word => System.Text.Encoding.UTF8.GetBytes(word))];
        byte[] values = [.. texts.SelectMany(text => (byte[])[.. BitConverter.GetBytes(text.Length), .. text])];
        _wordCount += words.Length;
        _words.Add(Page(words.Length, ParquetEncoding.Plain, values));
    }

    public void AddVectors(byte[] repetition, params float[] values) => AddVectors(repetition, [(byte)(values.Length << 1), 1], values);

    public void AddVectors(byte[] repetition, byte[] definition, params float[] values)
    {
        byte[] floats = [.. values.SelectMany(BitConverter.GetBytes)];
        int count = Encoding == ParquetEncoding.RleDictionary ? 2 : values.Length;
        if (Encoding == ParquetEncoding.RleDictionary)
            definition = [4, 1];
        _valueCount += count;
        _vectors.Add(Page(count, Encoding,
        [
            .. BitConverter.GetBytes(repetition.Length), .. repetition,
            .. BitConverter.GetBytes(definition.Length), .. definition, .. floats,
        ]));
    }

    public byte[] Build(int rows)
    {
        byte[] words = [.. _words.SelectMany(page => page)], vectors = [.. _vectors.SelectMany(page => page)];
        var footer = new ThriftWriter().Int32(1, 1).List(2, ThriftType.Struct, 5);
        footer.Element().Text(4, "schema").Int32(5, Next32(2)).End();
        footer.Element().Int32(1, Next32(6)).Int32(3, Next32(0)).Text(4, "word").End();
        footer.Element().Int32(3, Next32(0)).Text(4, "vector").Int32(5, Next32(1)).End();
        footer.Element().Int32(3, Next32(2)).Text(4, "list").Int32(5, Next32(1)).End();
        footer.Element().Int32(1, Next32(4)).Int32(3, Next32(0)).Text(4, "element").End();
        footer.Int64(3, Next(rows)).List(4, ThriftType.Struct, 1).Element().List(1, ThriftType.Struct, 2);
        Chunk(footer, 6, _wordCount, 4, words.Length);
        Chunk(footer, 4, _valueCount, 4 + words.Length, vectors.Length);
        footer.Int64(2, Next(words.Length + vectors.Length)).Int64(3, Next(rows)).End().End();
        byte[] end = footer.Bytes.ToArray();
        byte[] magic = "PAR1"u8.ToArray();
        return [.. magic, .. words, .. vectors, .. end, .. BitConverter.GetBytes(end.Length), .. magic];
    }

    private void Chunk(ThriftWriter footer, int type, long values, long offset, long length) => footer.Element().Int64(2, 0).Struct(3)
        .Int32(1, Next32(type)).Int32(4, Next32(Codec)).Int64(5, Next(values)).Int64(6, Next(length)).Int64(7, Next(length))
        .Int64(9, Next(offset)).End().End();

    private byte[] Page(int count, ParquetEncoding encoding, byte[] body) =>
    [
        .. new ThriftWriter().Int32(1, Next32(0)).Int32(2, Next32(body.Length)).Int32(3, Next32(body.Length))
            .Struct(5).Int32(1, Next32(count)).Int32(2, Next32((int)encoding)).Int32(3, 3).Int32(4, 3).End().End().Bytes,
        .. body,
    ];

    private long Next(long usual) => _numbers++ == Changed ? Number : usual;

    private int Next32(int usual) => unchecked((int)Next(usual));
}
