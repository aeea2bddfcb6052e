using Word2Vec.Numerics;
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
    public static VectorFormat FormatOf(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".txt" or ".vec" ? VectorFormat.Word2VecText : VectorFormat.Word2VecBinary;

    /// <summary>
    /// Opens a file of vectors, recognised by its content: word2vec binary, which is mapped, not read into memory; word2vec text; GloVe
    /// text; each of them also as a gzip, which is unpacked into a temporary file. Of equal words the first one is found.
    /// </summary>
    /// <exception cref="Word2VecException">
    /// The file is missing or cannot be read (<see cref="ErrorKind.Input"/>), is damaged or of a format that is not known
    /// (<see cref="ErrorKind.Format"/>).
    /// </exception>
    public static WordVectors Open(string path)
    {
        MappedFile file = MappedFile.Open(path);
        WordVectors? vectors = null;
        try
        {
            VectorLayout layout = FormatDetection.Detect(file);
            vectors = layout.IsBinary ? Word2VecBinary.Read(file, layout) : Word2VecText.Read(file, layout);
            return vectors;
        }
        catch (OutOfMemoryException error)
        {
            throw new Word2VecException(ErrorKind.Format, $"'{path}' needs more memory than there is; open it on a larger machine or " +
                "convert it to word2vec binary there.", error);
        }
        finally
        {
            if (vectors is null || !vectors.OwnsRows)
                file.Dispose();
        }
    }

    /// <summary>
    /// Writes <paramref name="vectors"/> atomically: a temporary file beside <paramref name="path"/>, fsync, rename; also over the file
    /// that they were opened from. The format is that of the name (<see cref="FormatOf"/>) unless <paramref name="format"/> says another.
    /// </summary>
    /// <exception cref="Word2VecException">
    /// The file could not be written, or a word or a vector could not be read back from it (<see cref="ErrorKind.Output"/>); what was there
    /// is untouched.
    /// </exception>
    public static void Save(WordVectors vectors, string path, VectorFormat? format = null)
    {
        if (vectors.Count == 0)
            throw new Word2VecException(ErrorKind.Output, $"There are no vectors to write into '{path}'; a file of vectors holds at " +
                "least one word.");
        if (format is null && Path.GetExtension(path).Equals(".gz", StringComparison.OrdinalIgnoreCase))
            throw new Word2VecException(ErrorKind.Output, $"'{path}' names a gzip, and vectors are written unpacked; leave .gz out and " +
                "compress the file afterwards.");
        if ((format ?? FormatOf(path)) == VectorFormat.Word2VecText)
            AtomicFile.Write(path, stream => Word2VecText.Write(vectors, stream, path));
        else
            AtomicFile.Write(path, stream => Word2VecBinary.Write(vectors, stream, path));
    }

    /// <summary>
    /// Throws if word <paramref name="id"/> would not be read back as it is: the formats have no way to write a space in a word, nor NaN.
    /// </summary>
    internal static void CheckWritable(WordVectors vectors, int id, string path)
    {
        ReadOnlySpan<byte> word = vectors.Words.Bytes(id);
        if (word.ContainsAny((byte)' ', (byte)'\n'))
            throw new Word2VecException(ErrorKind.Output,
                $"The word {ErrorText.Quote(word)} (number {id + 1}) holds a space or a line's end and could not be read back from " +
                $"'{path}'. Replace it, with _ for example, or leave the word out.");
        if (!VectorMath.IsFinite(vectors[id]))
            throw new Word2VecException(ErrorKind.Output,
                $"The vector of the word {ErrorText.Quote(word)} (number {id + 1}) holds a component that is infinite or not a number " +
                $"and could not be read back from '{path}'. Train again with a lower learning rate.");
    }
}
