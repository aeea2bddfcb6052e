using System.Buffers.Text;

namespace Word2Vec.Words;

/// <summary>
/// A vocabulary as word2vec.c's <c>-save-vocab</c> writes it: a line <c>word count</c> for each word, in the order of the ids.
/// </summary>
public static class VocabularyFile
{
    /// <summary>Writes <paramref name="vocabulary"/> to <paramref name="path"/>, atomically.</summary>
    /// <exception cref="Word2VecException">
    /// It cannot be written, or a word is empty or holds a line feed, which the format cannot hold (<see cref="ErrorKind.Output"/>).
    /// </exception>
    public static void Save(Vocabulary vocabulary, string path) => AtomicFile.Write(path, stream => Write(vocabulary, stream, path));

    /// <summary>Writes <paramref name="vocabulary"/> to <paramref name="stream"/>, which stays open.</summary>
    /// <exception cref="Word2VecException">
    /// A word is empty or holds a line feed, which the format cannot hold (<see cref="ErrorKind.Output"/>).
    /// </exception>
    /// <exception cref="IOException">The stream could not be written to.</exception>
    public static void Save(Vocabulary vocabulary, Stream stream) => Write(vocabulary, stream, "the vocabulary");

    private static void Write(Vocabulary vocabulary, Stream stream, string path)
    {
        Span<byte> number = stackalloc byte[24];
        for (int id = 0; id < vocabulary.Count; id++)
        {
            var word = vocabulary.Words.Bytes(id);
            if (word.IsEmpty || word.Contains((byte)'\n'))
                throw new Word2VecException(
                    ErrorKind.Output, $"Cannot write {path}: word {id} is empty or holds a line feed; the format has no way to say that.");
            number[0] = (byte)' ';
            Utf8Formatter.TryFormat(vocabulary.Counts[id], number[1..], out int digits);
            number[digits + 1] = (byte)'\n';
            stream.Write(word);
            stream.Write(number[..(digits + 2)]);
        }
    }

    /// <summary>Reads a vocabulary; the order of the lines is kept. What follows a line's last space or tab is the count.</summary>
    /// <exception cref="Word2VecException">
    /// It cannot be read (<see cref="ErrorKind.Input"/>), or a line is no word with a count or has a word for the second time
    /// (<see cref="ErrorKind.Format"/>); the message names the line.
    /// </exception>
    public static Vocabulary Read(string path)
    {
        ReadOnlySpan<byte> rest = ReadBytes(path);
        if (rest.IsEmpty)
            throw new Word2VecException(ErrorKind.Format, $"The vocabulary {path} is empty; expected a line \"word count\" for each word.");
        var words = new WordIndex.Builder();
        var counts = new List<long>();
        long total = 0;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            line = line.TrimEnd((byte)'\r');
            int space = line.LastIndexOfAny((byte)' ', (byte)'\t');
            if (space < 1 || !TryCount(line[(space + 1)..], out long count))
                throw Invalid(path, counts.Count + 1, "is not a word, a space and a count");
            if (count > long.MaxValue - total)
                throw Invalid(path, counts.Count + 1, "brings the sum of the counts above 2^63");
            total += count;
            words.Add(line[..space]);
            counts.Add(count);
        }

        return new Vocabulary(CheckDistinct(words.Build(), path), [.. counts]);
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new Word2VecException(ErrorKind.Input, $"Cannot read the vocabulary {path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static bool TryCount(ReadOnlySpan<byte> digits, out long count) =>
        Utf8Parser.TryParse(digits, out count, out int used) && used == digits.Length && char.IsAsciiDigit((char)digits[0]);

    private static WordIndex CheckDistinct(WordIndex words, string path)
    {
        for (int id = 0; id < words.Count; id++)
        {
            if (words.TryGetId(words.Bytes(id), out int first) && first != id)
                throw Invalid(path, id + 1, $"has the word \"{words[id]}\" of line {first + 1} again");
        }

        return words;
    }

    private static Word2VecException Invalid(string path, int line, string problem) =>
        new(ErrorKind.Format,
            $"The vocabulary {path} is damaged: line {line} {problem}; expected a line \"word count\" for each word, each word once.");
}
