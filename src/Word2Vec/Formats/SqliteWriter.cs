using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>Writes a database from front to back. Its first page names the others, so it is laid out once before it is written.</summary>
internal sealed class SqliteWriter(WordVectors vectors, int pageSize)
{
    private const int EncodingUtf8 = 1;
    private const int SchemaFormat = 4;
    private const int WrittenAsVersion = 3_040_001;

    private readonly SqliteRecord _record = new();
    private int[]? _order;

    /// <summary>The smallest page that holds eight rows, so that what is left free at its end is little.</summary>
    public static int PageSizeFor(int vectorSize)
    {
        int pageSize = 4096;
        while (pageSize < SqliteFormat.LargestPage && pageSize < 8 * (4L * vectorSize + 32))
            pageSize *= 2;
        return pageSize;
    }

    public void Write(Stream stream)
    {
        Layout layout = Write(Stream.Null, default);
        Write(stream, layout);
    }

    private Layout Write(Stream stream, Layout planned)
    {
        var pages = new SqlitePages(stream, pageSize);
        pages.Write(FirstPage(planned));
        uint table = WriteVectors(pages);
        uint index = WriteIndex(pages);
        uint metadata = vectors.Metadata.Count == 0 ? 0 : WriteMetadata(pages);
        return new Layout(pages.Count, table, index, metadata);
    }

    private uint WriteVectors(SqlitePages pages)
    {
        var tree = new SqliteTree(pages);
        for (int id = 0; id < vectors.Count; id++)
        {
            _record.Clear().Null().Text(vectors.Words.Bytes(id)).Blob(MemoryMarshal.AsBytes(vectors[id]));
            if (vectors.Counts is { } counts)
                _record.Integer(counts[id]);
            tree.Add(id + 1L, _record.Payload());
        }

        return tree.Finish();
    }

    private uint WriteIndex(SqlitePages pages)
    {
        _order ??= SortedIds();
        var tree = new SqliteIndexTree(pages, (place, record) =>
            record.Text(vectors.Words.Bytes(_order[place])).Integer(_order[place] + 1L));
        return tree.Write(vectors.Count);
    }

    // The collation BINARY compares bytes; equal words follow by their rowid.
    private int[] SortedIds()
    {
        int[] order = [.. Enumerable.Range(0, vectors.Count)];
        Array.Sort(order, (a, b) =>
        {
            int difference = vectors.Words.Bytes(a).SequenceCompareTo(vectors.Words.Bytes(b));
            return difference != 0 ? difference : a.CompareTo(b);
        });
        return order;
    }

    private uint WriteMetadata(SqlitePages pages)
    {
        var tree = new SqliteTree(pages);
        long rowid = 0;
        foreach ((string name, string value) in vectors.Metadata)
            tree.Add(++rowid, _record.Clear().Text(Encoding.UTF8.GetBytes(name)).Text(Encoding.UTF8.GetBytes(value)).Payload());
        return tree.Finish();
    }

    private byte[] FirstPage(Layout layout)
    {
        var page = new SqlitePage(pageSize);
        var none = new SqlitePages(Stream.Null, pageSize);
        page.Begin(SqliteFormat.LeafTable, SqliteFormat.HeaderLength);
        string count = vectors.Counts is null ? "" : ", count INTEGER";
        Define("table", "vectors", layout.Table,
            $"CREATE TABLE vectors(id INTEGER PRIMARY KEY, word TEXT NOT NULL, vector BLOB NOT NULL{count})");
        Define("index", "vectors_word", layout.Index, "CREATE INDEX vectors_word ON vectors(word)");
        if (vectors.Metadata.Count > 0)
            Define("table", "metadata", layout.Metadata, "CREATE TABLE metadata(name TEXT NOT NULL, value TEXT NOT NULL)");
        byte[] bytes = page.Finish().ToArray();
        WriteHeader(bytes, layout.Pages);
        return bytes;

        void Define(string type, string name, uint root, string sql)
        {
            string table = type == "index" ? "vectors" : name;
            _record.Clear().Text(Encoding.UTF8.GetBytes(type)).Text(Encoding.UTF8.GetBytes(name)).Text(Encoding.UTF8.GetBytes(table))
                .Integer(root).Text(Encoding.UTF8.GetBytes(sql));
            page.TryAdd(none.Cell([], page.Cells + 1, _record.Payload()));
        }
    }

    private void WriteHeader(Span<byte> header, uint pages)
    {
        SqliteFormat.Magic.CopyTo(header);
        // 65,536 is written as 1.
        BinaryPrimitives.WriteUInt16BigEndian(header[16..], (ushort)(pageSize == SqliteFormat.LargestPage ? 1 : pageSize));
        // Versions 1 (no write-ahead log), no reserved bytes, and the three fractions that the format fixes.
        ((ReadOnlySpan<byte>)[1, 1, 0, 64, 32, 32]).CopyTo(header[18..]);
        (int At, uint Value)[] fields =
        [
            (24, 1), (28, pages), (40, 1), (44, SchemaFormat), (56, EncodingUtf8), (92, 1), (96, WrittenAsVersion),
        ];
        foreach ((int at, uint value) in fields)
            BinaryPrimitives.WriteUInt32BigEndian(header[at..], value);
    }

    /// <summary>Where the parts of a database begin, by the numbers of their roots' pages.</summary>
    private readonly record struct Layout(uint Pages, uint Table, uint Index, uint Metadata);
}
