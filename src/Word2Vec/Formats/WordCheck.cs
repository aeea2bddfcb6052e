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
    public static void NoSpace(WordVectors vectors, int id, WriteTarget target) =>
        Refuse(vectors, id, target, SpaceOrEnd, "a space or a line's end");

    /// <summary>Throws if word <paramref name="id"/> holds a line's end.</summary>
    public static void NoLineEnd(WordVectors vectors, int id, WriteTarget target) => Refuse(vectors, id, target, End, "a line's end");

    /// <summary>Throws if word <paramref name="id"/> holds a byte of zero.</summary>
    public static void NoZero(WordVectors vectors, int id, WriteTarget target) => Refuse(vectors, id, target, Zero, "a byte of zero");

    /// <summary>Throws if word <paramref name="id"/> is not valid UTF-8.</summary>
    public static void Utf8(WordVectors vectors, int id, WriteTarget target)
    {
        if (!System.Text.Unicode.Utf8.IsValid(vectors.Words.Bytes(id)))
            throw Error(vectors, id, target, "bytes that are not UTF-8");
    }

    private static void Refuse(WordVectors vectors, int id, WriteTarget target, SearchValues<byte> forbidden, string what)
    {
        if (vectors.Words.Bytes(id).ContainsAny(forbidden))
            throw Error(vectors, id, target, what);
    }

    private static Word2VecException Error(WordVectors vectors, int id, WriteTarget target, string what) => new(ErrorKind.Output,
        $"The word {ErrorText.Quote(vectors.Words.Bytes(id))} (number {id + 1}) holds {what} and could not be read back from " +
        $"'{target.Path}'. Replace it, with _ for example, or leave the word out.");
}
