using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary> Writes row groups of words, vectors and counts, each in pages of about a megabyte, and then the footer that names them.
/// </summary>
internal sealed class ParquetWriter(WordVectors vectors, Stream stream)
{
    private const int PageBytes = 1 << 20;
    private const long GroupBytes = 1 << 25;

    private readonly List<(int Rows, List<Chunk> Chunks)> _groups = [];
    private readonly List<byte> _levels = [];
    private long _written;

    public void Write()
    {
        Put(ParquetFormat.Magic);
        int rows = (int)Math.Max(1, GroupBytes / ((long)vectors.Size * sizeof(float)));
        for (int start = 0; start < vectors.Count;)
        {
            int end = (int)Math.Min(vectors.Count, start + (long)rows);
            List<Chunk> chunks = [WriteWords(start, end), WriteVectors(start, end)];
            if (vectors.Counts is not null)
                chunks.Add(WriteCounts(start, end));
            _groups.Add((end - start, chunks));
            start = end;
        }

        ReadOnlySpan<byte> footer = Footer();
        Put(footer);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        Put(length);
        Put(ParquetFormat.Magic);
    }

    private Chunk WriteWords(int start, int end)
    {
        long offset = _written;
        Span<byte> length = stackalloc byte[sizeof(int)];
        for (int first = start; first < end;)
        {
            int last = first;
            long bytes = 0;
            for (; last < end && (last == first || bytes < PageBytes); last++)
                bytes += sizeof(int) + vectors.Words.Bytes(last).Length;
            PutPageHeader(last - first, (int)bytes);
            for (; first < last; first++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(length, vectors.Words.Bytes(first).Length);
                Put(length);
                Put(vectors.Words.Bytes(first));
            }
        }

        return new Chunk(ParquetType.ByteArray, ["word"], end - start, offset, _written - offset);
    }

    private Chunk WriteVectors(int start, int end)
    {
        long offset = _written;
        int rows = (int)Math.Max(1, PageBytes / ((long)vectors.Size * sizeof(float)));
        for (int first = start; first < end;)
        {
            int last = (int)Math.Min(end, first + (long)rows);
            ReadOnlySpan<byte> levels = Levels(last - first);
            PutPageHeader((last - first) * vectors.Size, levels.Length + (last - first) * vectors.Size * sizeof(float));
            Put(levels);
            for (; first < last; first++)
                Put(MemoryMarshal.AsBytes(vectors[first]));
        }

        return new Chunk(ParquetType.Float, ["vector", "list", "element"], (long)(end - start) * vectors.Size, offset, _written - offset);
    }

    private Chunk WriteCounts(int start, int end)
    {
        long offset = _written;
        const int Rows = PageBytes / sizeof(long);
        Span<byte> count = stackalloc byte[sizeof(long)];
        for (int first = start; first < end;)
        {
            int last = (int)Math.Min(end, first + (long)Rows);
            PutPageHeader(last - first, (last - first) * sizeof(long));
            for (; first < last; first++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(count, vectors.Counts![first]);
                Put(count);
            }
        }

        return new Chunk(ParquetType.Int64, ["count"], end - start, offset, _written - offset);
    }

    // The repetition levels of a vector are a 0 where it begins and ones, its definition levels ones: each is a few runs.
    private ReadOnlySpan<byte> Levels(int rows)
    {
        _levels.Clear();
        _levels.AddRange(stackalloc byte[sizeof(int)]);
        for (int i = 0; i < rows; i++)
        {
            Run(1, 0);
            if (vectors.Size > 1)
                Run(vectors.Size - 1, 1);
        }

        int repetition = _levels.Count - sizeof(int);
        _levels.AddRange(stackalloc byte[sizeof(int)]);
        Run(rows * vectors.Size, 1);
        Span<byte> bytes = CollectionsMarshal.AsSpan(_levels);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, repetition);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[(sizeof(int) + repetition)..], bytes.Length - repetition - 2 * sizeof(int));
        return bytes;
    }

    // A run of the RLE encoding: its length as a varint whose lowest bit is 0, and the value.
    private void Run(int length, byte value)
    {
        uint header = (uint)length << 1;
        for (; header >= 0x80; header >>= 7)
            _levels.Add((byte)(header | 0x80));
        _levels.Add((byte)header);
        _levels.Add(value);
    }

    private void PutPageHeader(int values, int bytes) => Put(new ThriftWriter()
        .Int32(1, ParquetFormat.DataPage).Int32(2, bytes).Int32(3, bytes)
        .Struct(5).Int32(1, values).Int32(2, (int)ParquetEncoding.Plain)
        .Int32(3, (int)ParquetEncoding.Rle).Int32(4, (int)ParquetEncoding.Rle)
        .End().End().Bytes);

    private ReadOnlySpan<byte> Footer()
    {
        var footer = new ThriftWriter();
        footer.Int32(1, 1);
        WriteSchema(footer);
        footer.Int64(3, vectors.Count).List(4, ThriftType.Struct, _groups.Count);
        foreach ((int rows, List<Chunk> chunks) in _groups)
        {
            footer.Element().List(1, ThriftType.Struct, chunks.Count);
            foreach (Chunk chunk in chunks)
                WriteChunk(footer, chunk);
            footer.Int64(2, chunks.Sum(chunk => chunk.Bytes)).Int64(3, rows).End();
        }

        if (vectors.Metadata.Count > 0)
        {
            footer.List(5, ThriftType.Struct, vectors.Metadata.Count);
            foreach ((string name, string value) in vectors.Metadata)
                footer.Element().Text(1, name).Text(2, value).End();
        }

        return footer.Text(6, "Word2Vec").End().Bytes;
    }

    // word: required text; vector: a list of floats in its standard form of three levels; count: a required 64-bit integer.
    private void WriteSchema(ThriftWriter footer)
    {
        bool hasCounts = vectors.Counts is not null;
        footer.List(2, ThriftType.Struct, hasCounts ? 6 : 5);
        footer.Element().Text(4, "schema").Int32(5, hasCounts ? 3 : 2).End();
        footer.Element().Int32(1, (int)ParquetType.ByteArray).Int32(3, ParquetFormat.Required).Text(4, "word")
            .Int32(6, ParquetFormat.ConvertedUtf8).Struct(10).Struct(ParquetFormat.LogicalString).End().End().End();
        footer.Element().Int32(3, ParquetFormat.Required).Text(4, "vector").Int32(5, 1)
            .Int32(6, ParquetFormat.ConvertedList).Struct(10).Struct(ParquetFormat.LogicalList).End().End().End();
        footer.Element().Int32(3, ParquetFormat.Repeated).Text(4, "list").Int32(5, 1).End();
        footer.Element().Int32(1, (int)ParquetType.Float).Int32(3, ParquetFormat.Required).Text(4, "element").End();
        if (hasCounts)
            footer.Element().Int32(1, (int)ParquetType.Int64).Int32(3, ParquetFormat.Required).Text(4, "count").End();
    }

    private static void WriteChunk(ThriftWriter footer, Chunk chunk)
    {
        footer.Element().Int64(2, 0).Struct(3).Int32(1, (int)chunk.Type)
            .List(2, ThriftType.Int32, 2).Integer((int)ParquetEncoding.Plain).Integer((int)ParquetEncoding.Rle)
            .List(3, ThriftType.Binary, chunk.Path.Length);
        foreach (string name in chunk.Path)
            footer.Text(name);
        footer.Int32(4, (int)ParquetCodec.Uncompressed).Int64(5, chunk.Values).Int64(6, chunk.Bytes).Int64(7, chunk.Bytes)
            .Int64(9, chunk.Offset).End().End();
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _written += bytes.Length;
    }

    /// <summary>A column's pages in a row group.</summary>
    private sealed record Chunk(ParquetType Type, string[] Path, long Values, long Offset, long Bytes);
}
