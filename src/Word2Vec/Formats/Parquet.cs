using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary> Parquet: a column <c>word</c> of text, a column <c>vector</c> of lists of floats, and <c>count</c> where it is known; written
/// without compression, so that opening maps the rows. DuckDB's and Arrow's files are read as far as their encodings are.
/// </summary>
/// <remarks>Source: https://github.com/apache/parquet-format.</remarks>
internal sealed class Parquet : IVectorFormat
{
    // A page holds a vector or more, and its length is a signed 32-bit number.
    private const int LargestSize = 500_000_000;

    public VectorFormatInfo Info { get; } = new(VectorFormat.Parquet, "parquet", "Parquet", [".parquet"]);

    public bool Recognizes(MappedFile file) => file.From(0).StartsWith(ParquetFormat.Magic) || file.From(0).StartsWith("PARE"u8);

    public WordVectors Read(MappedFile file, VectorReadOptions options) => new ParquetReader(new ParquetFile(file)).Read(options.Limit);

    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        if (vectors.Size > LargestSize)
            throw new Word2VecException(ErrorKind.Output, $"Vectors of {vectors.Size} components cannot be written to '{target.Path}': " +
                $"a page of Parquet has room for {LargestSize}. Write another format.");
        for (int id = 0; id < vectors.Count; id++)
            WordCheck.Utf8(vectors, id, target);
        new ParquetWriter(vectors, stream).Write();
        GC.KeepAlive(vectors);
    }
}
