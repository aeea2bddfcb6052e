using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>
/// Phrases as text: the line <c>#word2vec phrases 1</c>, then lines <c>#joiner _</c>, <c>#tokenizer whitespace</c> and <c>#connectors</c> with the words that
/// stand inside phrases, then a line for each phrase: pass, score, count and its words with spaces between them, separated by tabs. Passes come in their order.
/// </summary>
internal static class PhraseFile
{
    private const int MostPasses = 10;

    private static readonly byte[] Mark = [.. "#word2vec phrases 1"u8];

    public static void Write(Phrases phrases, Stream stream)
    {
        var buffered = new BufferedStream(stream, 1 << 16); // flushed and not disposed: the stream stays open
        PhraseOptions options = phrases.Options;
        buffered.Write(Mark);
        string tokenizer = options.Tokenizer == TokenizerKind.Text ? "text" : "whitespace";
        string connectors = string.Concat(options.Connectors.Select(word => ' ' + word));
        buffered.Write(Encoding.UTF8.GetBytes($"\n#joiner {options.Joiner}\n#tokenizer {tokenizer}\n#connectors{connectors}\n"));
        for (int pass = 0; pass < phrases.Tables.Count; pass++)
        {
            PhraseTable table = phrases.Tables[pass];
            for (int id = 0; id < table.Keys.Count; id++)
            {
                buffered.Write(Encoding.ASCII.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{pass + 1}\t{table.Scores[id]:R}\t{table.Counts[id]}\t")));
                buffered.Write(table.Keys.Bytes(id));
                buffered.WriteByte((byte)'\n');
            }
        }

        buffered.Flush();
    }

    /// <exception cref="Word2VecException">It cannot be read or is damaged; the message names the line.</exception>
    public static Phrases Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new Word2VecException(ErrorKind.Input, $"Cannot read the phrases {path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }

        return new Parser(path, bytes).Parse();
    }

    private ref struct Parser(string path, ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;
        private int _line;

        public Phrases Parse()
        {
            if (!Next().SequenceEqual(Mark))
                throw Invalid("is not \"#word2vec phrases 1\"; name a file that 'word2vec phrases --save' wrote");
            ReadOnlySpan<byte> joiner = Header("#joiner"u8), tokenizer = Header("#tokenizer"u8);
            if (joiner.Length != 1 || joiner[0] is <= (byte)' ' or > (byte)'~' || !(tokenizer.SequenceEqual("text"u8) || tokenizer.SequenceEqual("whitespace"u8)))
                throw Invalid("or the one before has no joiner of one visible character, or a tokenizer other than whitespace and text");
            string[] connectors = Encoding.UTF8.GetString(Header("#connectors"u8)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var index = WordIndex.From(connectors);
            var tables = new List<TableBuilder> { new() };
            while (!_rest.IsEmpty)
                AddPhrase(tables);
            var options = new PhraseOptions
            {
                Joiner = (char)joiner[0],
                Tokenizer = tokenizer.SequenceEqual("text"u8) ? TokenizerKind.Text : TokenizerKind.Whitespace,
                Connectors = connectors,
                Passes = tables.Count,
            };
            byte join = joiner[0];
            return new Phrases([.. tables.Select(table => table.Build(index, join))], options, []);
        }

        private void AddPhrase(List<TableBuilder> tables)
        {
            ReadOnlySpan<byte> key = Next();
            if (!TryNumber(Column(ref key), out long pass) || !TryScore(Column(ref key), out double score) || !TryNumber(Column(ref key), out long count))
                throw Invalid("is not a pass, a score, a count and a phrase with tabs between them");
            if (pass < tables.Count || pass > tables.Count + 1 || pass > MostPasses)
                throw Invalid($"is of pass {pass} behind one of pass {tables.Count}; passes come in their order, up to {MostPasses}");
            if (pass > tables.Count)
                tables.Add(new TableBuilder());
            if (!IsPhrase(key) || !tables[^1].TryAdd(key, score, count))
                throw Invalid("has no phrase: two words or more with a space between them, 1,000 bytes at most");
        }

        // What stands before the first tab, which is cut off with it.
        private static ReadOnlySpan<byte> Column(ref ReadOnlySpan<byte> rest)
        {
            int tab = rest.IndexOf((byte)'\t');
            ReadOnlySpan<byte> column = tab < 0 ? [] : rest[..tab];
            rest = rest[(tab + 1)..];
            return column;
        }

        private static bool TryScore(ReadOnlySpan<byte> text, out double score) =>
            Utf8Parser.TryParse(text, out score, out int used) && used == text.Length && double.IsFinite(score);

        private static bool TryNumber(ReadOnlySpan<byte> text, out long number) =>
            Utf8Parser.TryParse(text, out number, out int used) && used == text.Length && number > 0;

        private static bool IsPhrase(ReadOnlySpan<byte> key) =>
            key.Length <= WordScanner.LongestWord && key.IndexOf((byte)' ') > 0 && key[^1] != ' ' && key.IndexOf("  "u8) < 0
            && key.IndexOfAny("\t\v\f\r\0"u8) < 0;

        private ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name)
        {
            ReadOnlySpan<byte> line = Next();
            if (!line.StartsWith(name) || (line.Length > name.Length && line[name.Length] != ' '))
                throw Invalid($"does not begin with {Encoding.ASCII.GetString(name)}");
            return line[Math.Min(line.Length, name.Length + 1)..];
        }

        private ReadOnlySpan<byte> Next()
        {
            int end = _rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? [] : _rest[(end + 1)..];
            _line++;
            return line.TrimEnd((byte)'\r');
        }

        private readonly Word2VecException Invalid(string problem) =>
            new(ErrorKind.Format, $"The phrases {path} cannot be read: line {_line} {problem}.");
    }

    private sealed class TableBuilder
    {
        private readonly WordIndex.Builder _keys = new();
        private readonly List<double> _scores = [];
        private readonly List<long> _counts = [];

        public bool TryAdd(ReadOnlySpan<byte> key, double score, long count)
        {
            _scores.Add(score);
            _counts.Add(count);
            return _keys.TryAdd(key);
        }

        public PhraseTable Build(WordIndex connectors, byte joiner) => new(_keys.Build(), [.. _scores], [.. _counts], connectors, joiner);
    }
}
