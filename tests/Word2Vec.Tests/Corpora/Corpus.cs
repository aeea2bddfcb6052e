using System.IO.Compression;
using System.Text;
using Word2Vec.Corpora;

namespace Word2Vec.Tests.Corpora;

/// <summary>Texts for tests: in memory as standard input, and what a reader makes of them.</summary>
internal static class Corpus
{
    /// <summary>A source whose standard input is <paramref name="text"/>.</summary>
    public static CorpusSource Of(byte[] text) => CorpusSource.From(["-"], () => new MemoryStream(text));

    public static CorpusSource Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] text)
    {
        using var result = new MemoryStream();
        using (var stream = new GZipStream(result, CompressionLevel.Optimal))
            stream.Write(text);
        return result.ToArray();
    }

    /// <summary>All tokens of <paramref name="source"/> as Latin-1, so that bytes stay apart; a sentence end as a line feed.</summary>
    public static unsafe List<string> Read(CorpusSource source, bool text, int blockSize = 1 << 18)
    {
        using var reader = new TokenReader(source, text ? new TextNormalizer() : null, blockSize);
        var result = new List<string>();
        while (reader.Read())
        {
            foreach (var token in reader.Tokens)
                result.Add(token.Length == 0 ? "\n" : Encoding.Latin1.GetString(reader.Bytes + token.Start, token.Length));
        }

        return result;
    }

    /// <summary>The words of <paramref name="text"/>, separated by spaces, sentence ends as "/".</summary>
    public static string Words(byte[] text, bool asText, int blockSize = 1 << 18) => string.Join(' ',
        Read(Of(text), asText, blockSize).Select(token => token == "\n" ? "/" : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(token))));

    public static string Words(string text, bool asText) => Words(Encoding.UTF8.GetBytes(text), asText);

    /// <summary>
    /// Bytes that are rich in what a tokenizer must mind: white space, punctuation, long words, UTF-8 of every length, broken UTF-8.
    /// </summary>
    public static byte[] RandomText(int seed, int length)
    {
        string[] pieces =
        [
            " ", " ", "\n", "\t", "\r\n", "a", "B", "z9", "'", "-", "’", "ä", "É", "İ", "\u0301", "語", "😀", "\u2028", "Ⱥ", ".", "word",
            "longer-word",
        ];
        var random = new Random(seed);
        var result = new List<byte>();
        while (result.Count < length)
        {
            int choice = random.Next(pieces.Length + 2);
            if (choice < pieces.Length)
                result.AddRange(Encoding.UTF8.GetBytes(pieces[choice]));
            else if (choice == pieces.Length)
                result.Add((byte)random.Next(0x80, 0x100));
            else if (random.Next(50) == 0)
                result.AddRange(Repeat(random.Next(2) == 0 ? "x" : "é", random.Next(400, 3000)));
        }

        return [.. result.Take(length)];
    }

    private static byte[] Repeat(string piece, int times) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, times)));
}
