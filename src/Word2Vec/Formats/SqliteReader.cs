using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary> Reads words and vectors from a table that has a column of text and one of blobs of equal length. Rows stay in the file unless
/// blobs are
/// split over pages.
/// </summary>
internal sealed unsafe class SqliteReader(MappedFile mapped, SqliteFile file)
{
    private readonly WordIndex.Builder _words = new();
    private readonly List<Place> _places = [];
    private List<long>? _counts = [];
    private bool _isSplit;
    private long _wordBytes;

    /// <summary>Reads up to <paramref name="limit"/> rows, or all if it is 0.</summary>
    public WordVectors Read(int limit)
    {
        List<SqliteTable> tables = SqliteTable.All(file);
        SqliteLayout layout = SqliteLayout.Choose(file, tables);
        var cursor = new SqliteCursor(file, $"table {layout.Table.Name}", layout.Table.Root);
        var row = new SqliteRow(file, cursor);
        while ((limit == 0 || _words.Count < limit) && cursor.MoveNext())
        {
            row.Read();
            AddRow(layout, cursor, row);
        }

        SqliteTable? metadata = tables.Find(table => table.Name.Equals("metadata", StringComparison.OrdinalIgnoreCase));
        IReadOnlyList<long>? counts = layout.Count < 0 ? null : _counts;
        Dictionary<string, string> known = metadata is null ? [] : ReadMetadata(metadata);
        if (_isSplit)
        {
            NativeBuffer<float> rows = CopyRows(layout.Size, out long[] offsets);
            return new WordVectors(_words.Build(), layout.Size, (byte*)rows.First, offsets, rows) { Counts = counts, Metadata = known };
        }

        long[] inFile = [.. _places.Select(place => place.At + place.Offset)];
        return new WordVectors(_words.Build(), layout.Size, file.Start, inFile, mapped) { Counts = counts, Metadata = known };
    }

    private void AddRow(SqliteLayout layout, SqliteCursor cursor, SqliteRow row)
    {
        SqliteRow.Value word = row[layout.Word], vector = row[layout.Vector];
        long expected = (long)layout.Size * sizeof(float);
        if (word.Kind != SqliteKind.Text)
            throw row.Damaged($"no text but {word.Kind} in column {layout.Word + 1} of {layout.Table.Name}, where the rows before have " +
                "words");
        if (vector.Kind != SqliteKind.Blob || vector.Length != expected)
            throw row.Damaged($"{vector.Kind} of {vector.Length} bytes in column {layout.Vector + 1} of {layout.Table.Name}; a blob of " +
                $"{expected}, {layout.Size} floats, was expected");
        _wordBytes += word.Length;
        if (_wordBytes > Array.MaxLength)
            throw row.Damaged($"words of more than {Array.MaxLength} bytes up to it");
        _words.Add(row.Span(word));
        _places.Add(new Place(cursor.At, cursor.Local, vector.Offset));
        if (vector.Offset + vector.Length > cursor.Local)
            _isSplit = true;
        else if (!VectorMath.IsFinite(new ReadOnlySpan<float>(file.Start + cursor.At + vector.Offset, layout.Size)))
            throw NotFinite(_places.Count - 1);
        if (layout.Count < 0 || _counts is null)
            return;
        if (row[layout.Count].Kind == SqliteKind.Integer)
            _counts.Add(row.Integer(row[layout.Count]));
        else
            _counts = null;
    }

    // The pages were checked row by row, and none is used twice: the rows take no more memory than the file is long.
    private NativeBuffer<float> CopyRows(int size, out long[] offsets)
    {
        var rows = new NativeBuffer<float>((long)_places.Count * size);
        offsets = new long[_places.Count];
        for (int id = 0; id < _places.Count; id++)
        {
            offsets[id] = (long)id * size * sizeof(float);
            var row = new Span<float>(rows.First + (long)id * size, size);
            SqliteCursor.CopyRecord(file, _places[id].At, _places[id].Local, _places[id].Offset, MemoryMarshal.AsBytes(row));
            if (VectorMath.IsFinite(row))
                continue;
            rows.Dispose();
            throw NotFinite(id);
        }

        return rows;
    }

    private Word2VecException NotFinite(int id) => file.Error($"has a component that is infinite or not a number in the vector of row " +
        $"{id + 1}, whose record begins at byte {_places[id].At}; it is damaged, or its blobs are not little-endian 32-bit floats");

    private Dictionary<string, string> ReadMetadata(SqliteTable table)
    {
        var metadata = new Dictionary<string, string>();
        if (table.Columns() is not ["name", "value"] || table.IsWithoutRowId)
            return metadata;
        var cursor = new SqliteCursor(file, "table metadata", table.Root);
        var row = new SqliteRow(file, cursor);
        while (cursor.MoveNext())
        {
            row.Read();
            if (row[0].Kind == SqliteKind.Text && row[1].Kind == SqliteKind.Text)
                metadata[row.Text(row[0])] = row.Text(row[1]);
        }

        return metadata;
    }

    /// <summary>Where a row's record begins, how much of it lies there, and where in it the vector is.</summary>
    private readonly record struct Place(long At, int Local, long Offset);
}
