using System.Buffers;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>Refuses words that a format has no way to write.</summary>
internal static class WordCheck
{
    private static readonly SearchValues<byte> SpaceOrEnd = SearchValues.Create(" \n"u8);
    private static readonly SearchValues<byte> End = SearchValues.Create("\r\n"u8);
    private static readonly SearchValues<byte> Zero = SearchValues.Create("\0"u8);

    /// <summary>Throws if word <paramref name="id"/> holds a space or a line's end.</summary>
    public static void NoSpace(WordVectors vectors, int id, WriteTarget target) => Refuse(vectors, id, target, SpaceOrEnd, "a space or " +
        "a line's end");

    /// <summary>Throws if word <paramref name="id"/> holds a line's end.</summary>
    public static void NoLineEnd(WordVectors vectors, int id, WriteTarget target) => Refuse(vectors, id, target, End, "a line's end");

    /// <summary>Throws if word <paramref name="id"/> holds a byte of 0.</summary>
    public static void NoZero(WordVectors vectors, int id, WriteTarget target) => Refuse(vectors, id, target, Zero, "a byte of 0");

    private static void Refuse(WordVectors vectors, int id, WriteTarget target, SearchValues<byte> forbidden, string what)
    {
        ReadOnlySpan<byte> word = vectors.Words.Bytes(id);
        if (word.ContainsAny(forbidden))
            throw new Word2VecException(ErrorKind.Output,
                $"The word {ErrorText.Quote(word)} (number {id + 1}) holds {what} and could not be read back from '{target.Path}'. " +
                "Replace it, with _ for example, or leave the word out.");
    }
}
