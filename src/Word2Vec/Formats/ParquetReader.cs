using Word2Vec.Numerics;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>Reads words and vectors from a column of text and one of lists of numbers, of equal length.</summary>
internal sealed unsafe class ParquetReader
{
    // As for the pages: more than this is damage, or the same vector throughout.
    private const long MostValuesPerByte = 256;

    private readonly ParquetFile _file;
    private readonly ParquetColumn _words;
    private readonly ParquetColumn _vectors;
    private readonly int _size;

    public ParquetReader(ParquetFile file)
    {
        _file = file;
        _words = Pick(ColumnNames.Words, column => column is { Type: ParquetType.ByteArray, MostRepetition: 0 })
            ?? throw Missing("text");
        _vectors = Pick(ColumnNames.Vectors, column => column is { Type: ParquetType.Float or ParquetType.Double, MostRepetition: 1 })
            ?? throw Missing("lists of FLOAT or DOUBLE");
        _size = ParquetVectors.FirstSize(file, _vectors);
    }

    /// <summary> Reads up to <paramref name="limit"/> rows, or all if it is 0. The rows stay in the file if all lie there as floats.
    /// </summary>
    public WordVectors Read(int limit) => TryMap(limit) ?? Copy(limit);

    private WordVectors? TryMap(int limit)
    {
        var words = new WordIndex.Builder();
        var offsets = new List<long>();
        long wordBytes = 0;
        bool isMapped = Walk(limit, (word, vectors, row) =>
        {
            long place = vectors.Next(row, _size, []);
            if (place < 0)
                return false;
            if (!VectorMath.IsFinite(new ReadOnlySpan<float>(_file.File.Start + place, _size)))
                throw NotFinite(row, $", at byte {place}");
            if ((wordBytes += word.Length) > Array.MaxLength)
                throw _file.Error($"holds words of more than {Array.MaxLength} bytes up to row {row + 1}");
            words.Add(word);
            offsets.Add(place);
            return true;
        });
        if (!isMapped)
            return null;
        IReadOnlyList<long>? counts = ReadCounts(words.Count);
        return new WordVectors(words.Build(), _size, _file.File.Start, [.. offsets], _file.File)
        {
            Counts = counts,
            Metadata = _file.Metadata,
        };
    }

    private WordVectors Copy(int limit)
    {
        using var rows = new RowBuffer(_size);
        Walk(limit, (word, vectors, number) =>
        {
            if (!rows.HasRoom(word.Length) || (rows.Count + 1L) * _size > MostValuesPerByte * _file.File.Length)
                throw _file.Error($"unpacks into more than {rows.Count} rows of {_size} components, which is out of proportion to its " +
                    $"{_file.File.Length} bytes");
            Span<float> row = rows.Add(word);
            vectors.Next(number, _size, row);
            return VectorMath.IsFinite(row) ? true : throw NotFinite(number, "");
        });
        return rows.Build(ReadCounts(rows.Count), _file.Metadata);
    }

    // False if a visit was.
    private bool Walk(int limit, Visit visit)
    {
        long row = 0;
        for (int group = 0; group < _file.Groups && (limit == 0 || row < limit); group++)
        {
            var words = new ParquetWords(_file, _words, group);
            var vectors = new ParquetVectors(_file, _vectors, group);
            long end = row + _file.RowsOf(group);
            for (; row < end && (limit == 0 || row < limit); row++)
            {
                if (!visit(words.Next(row), vectors, row))
                    return false;
            }

            if (row == end)
                vectors.CheckEnd(row, _size);
        }

        return row > 0 ? true : throw _file.Error("has no rows");
    }

    private List<long>? ReadCounts(int rows)
    {
        ParquetColumn? counts = _file.Columns.FirstOrDefault(column =>
            column is { Name: ColumnNames.Count, Type: ParquetType.Int32 or ParquetType.Int64, MostRepetition: 0 });
        return counts is null ? null : ParquetIntegers.Read(_file, counts, rows);
    }

    private ParquetColumn? Pick(IReadOnlyList<string> preferred, Func<ParquetColumn, bool> fits) => _file.Columns.Where(fits)
        .OrderByDescending(column => preferred.Contains(column.Name.ToLowerInvariant()))
        .ThenByDescending(column => column.IsText).FirstOrDefault();

    private Word2VecException Missing(string what)
    {
        const int Shown = 6;
        IEnumerable<string> columns = _file.Columns.Take(Shown)
            .Select(column => $"{column.Path} {column.Type.ToString().ToUpperInvariant()}");
        return _file.Error($"has no column of {what}; it has {string.Join(", ", columns)}{(_file.Columns.Count > Shown ? ", …" : "")}. " +
            "One of text and one of lists of FLOAT were expected; in DuckDB: copy (select word, vector::float[] as vector from …) to …");
    }

    private Word2VecException NotFinite(long row, string where) => _file.Error($"has a component that is infinite or not a number in " +
        $"the vector of row {row + 1}, column {_vectors.Path}{where}");

    private delegate bool Visit(ReadOnlySpan<byte> word, ParquetVectors vectors, long row);
}
