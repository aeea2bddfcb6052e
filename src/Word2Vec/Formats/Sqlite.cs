using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary> An SQLite database with a table <c>vectors(id, word, vector)</c>, whose vectors are little-endian floats as sqlite-vec takes
/// them, and
/// an index on the words. Opening maps the file; rows stay in it where a page holds them whole.
/// </summary>
/// <remarks>Source: https://www.sqlite.org/fileformat2.html.</remarks>
internal sealed class Sqlite : IVectorFormat
{
    public VectorFormatInfo Info { get; } = new(VectorFormat.Sqlite, "sqlite", "SQLite", [".sqlite", ".db"]);

    public bool Recognizes(MappedFile file) => file.From(0).StartsWith(SqliteFormat.Magic);

    public WordVectors Read(MappedFile file, VectorReadOptions options) => new SqliteReader(file, new SqliteFile(file)).Read(options.Limit);

    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        for (int id = 0; id < vectors.Count; id++)
            WordCheck.Utf8(vectors, id, target);
        if ((long)vectors.Size * sizeof(float) > SqliteFormat.LongestValue)
            throw new Word2VecException(ErrorKind.Output, $"Vectors of {vectors.Size} components could not be read back from " +
                $"'{target.Path}': SQLite holds values of up to {SqliteFormat.LongestValue} bytes.");
        new SqliteWriter(vectors, SqliteWriter.PageSizeFor(vectors.Size)).Write(stream);
        GC.KeepAlive(vectors);
    }
}
