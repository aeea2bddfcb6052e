using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>The formats that vectors are written in.</summary>
public enum VectorFormat
{
    /// <summary>word2vec binary: a line "words size", then each word, a space and little-endian floats (.bin).</summary>
    Word2VecBinary,

    /// <summary>word2vec text: a line "words size", then a line for each word (.txt, .vec).</summary>
    Word2VecText,
}

/// <summary>Opens and saves files of vectors.</summary>
public static class VectorFile
{
    /// <summary>The format that a file name stands for: .txt and .vec are text, everything else is binary.</summary>
    public static VectorFormat FormatOf(string path) => throw new NotImplementedException();

    /// <summary>Opens a file of vectors in any format known, recognised by its content.</summary>
    public static WordVectors Open(string path) => throw new NotImplementedException();

    /// <summary>Writes <paramref name="vectors"/> atomically: a temporary file beside it, fsync, rename.</summary>
    public static void Save(WordVectors vectors, string path, VectorFormat? format = null) => throw new NotImplementedException();
}
