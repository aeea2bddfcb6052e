using System.Text;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>
/// The format that word2vec.c writes with <c>-binary 0</c>: a line <c>words size</c>, then a line for each word: the word and its
/// components, one space between them. Written with the shortest digits that read back to the same float.
/// </summary>
internal sealed class Word2VecText : IVectorFormat
{
    public VectorFormatInfo Info { get; } = new(VectorFormat.Word2VecText, "text", "word2vec text", [".txt", ".vec"]);

    public bool Recognizes(MappedFile file) => Word2VecHeader.Find(file) is { IsBinary: false };

    public WordVectors Read(MappedFile file, VectorReadOptions options)
    {
        Word2VecHeader header = Word2VecHeader.Require(file, isBinary: false);
        return TextRows.Read(file, header.Count, header.Size, header.Start, options.Limit);
    }

    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        stream.Write(Encoding.ASCII.GetBytes($"{vectors.Count} {vectors.Size}\n"));
        TextRows.Write(vectors, stream, target);
    }
}
