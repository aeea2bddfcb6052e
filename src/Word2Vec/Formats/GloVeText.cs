using System.Text;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>GloVe's text: word2vec text without the first line. Its words may hold spaces.</summary>
/// <remarks>The published files and the format's description: https://nlp.stanford.edu/projects/glove/.</remarks>
internal sealed class GloVeText : IVectorFormat
{
    public VectorFormatInfo Info { get; } = new(VectorFormat.GloVe, "glove", "GloVe text", [".glove"]);

    /// <summary>Whatever else there is was looked for before; reading it finds out.</summary>
    public bool Recognizes(MappedFile file) => true;

    public WordVectors Read(MappedFile file, VectorReadOptions options)
    {
        long start = Word2VecHeader.TextStart(file);
        return TextRows.Read(file, null, HeaderlessText.SizeOf(file, start), start, options.Limit);
    }

    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        // What would be read as a list of words with counts, or without its first bytes.
        if (vectors.Size == 1)
            throw Error(target, "vectors of one component, which without a first line cannot be told from counts");
        if (vectors.Words.Bytes(0).StartsWith(Encoding.UTF8.Preamble))
            throw Error(target, "a first word that begins with a byte order mark");
        TextRows.Write(vectors, stream, target);
    }

    private static Word2VecException Error(WriteTarget target, string what) => new(ErrorKind.Output,
        $"GloVe text has no way to hold {what}; '{target.Path}' could not be read back. Write word2vec text.");
}
