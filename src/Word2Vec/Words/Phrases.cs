using System.Buffers;
using System.Text;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>
/// Words that belong together, such as new_york_times, learned from a text by how much more often they stand side by side than chance would have it
/// (<see cref="PhraseScoring"/>), and joined to one word in any text. Any number of threads may use one at once.
/// </summary>
/// <remarks>
/// A sentence is gone through from left to right: a word and the next that is no connector are joined, with the connectors between them, where they are a
/// phrase, and the search goes on behind them; word2phrase and gensim's Phrases do the same. Each pass begins anew with what the one before has left.
/// </remarks>
public sealed class Phrases
{
    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \t\n\v\f\r");

    internal Phrases(IReadOnlyList<PhraseTable> tables, PhraseOptions options, IReadOnlyList<PhrasePass> passes) =>
        (Tables, Options, Passes) = (tables, options, passes);

    /// <summary>How they were learned; for those of a file, only joiner, connectors, tokenizer and the number of passes are known.</summary>
    public PhraseOptions Options { get; }

    /// <summary>What was counted in each pass; empty for those of a file.</summary>
    public IReadOnlyList<PhrasePass> Passes { get; }

    /// <summary>The number of phrases of all passes.</summary>
    public int Count => Tables.Sum(table => table.Keys.Count);

    internal IReadOnlyList<PhraseTable> Tables { get; }

    /// <summary>
    /// Learns phrases from <paramref name="source"/>, which is read once for each pass; standard input is kept in a temporary file where there are more. The
    /// memory is that of the different words and pairs, bounded by <see cref="PhraseOptions.MaximumDistinct"/>.
    /// </summary>
    /// <exception cref="Word2VecException">An option is out of its range, or the text cannot be read, changed while it was read or has no word.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Phrases Learn(
        CorpusSource source, PhraseOptions options, IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using var replayed = new ReplayedCorpus(source, cancellation);
        CorpusSource text = options.Passes == 1 ? source : replayed.Source;
        return LearnIn(new PhrasePasses(text, options.Tokenizer, options.Passes, progress, cancellation), options);
    }

    /// <summary>
    /// Learns phrases from <paramref name="source"/> and writes it to <paramref name="output"/> with them joined: <see cref="Learn"/> and
    /// <see cref="Join(CorpusSource, Stream, IProgress{EncodingProgress}?, CancellationToken)"/> one after the other, for standard input too.
    /// </summary>
    /// <exception cref="Word2VecException">As for <see cref="Learn"/>.</exception>
    /// <exception cref="IOException">The stream could not be written to.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; a part may be written then.</exception>
    public static Phrases LearnAndJoin(
        CorpusSource source, Stream output, PhraseOptions options, IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using var replayed = new ReplayedCorpus(source, cancellation);
        var passes = new PhrasePasses(replayed.Source, options.Tokenizer, options.Passes + 1, progress, cancellation);
        Phrases phrases = LearnIn(passes, options);
        passes.Write(phrases.Tables, output);
        return phrases;
    }

    /// <summary>Reads what <see cref="Save(string)"/> wrote.</summary>
    /// <exception cref="Word2VecException">It cannot be read (<see cref="ErrorKind.Input"/>) or is damaged (<see cref="ErrorKind.Format"/>).</exception>
    public static Phrases Read(string path) => PhraseFile.Read(path);

    /// <summary>Writes the phrases to <paramref name="path"/>, atomically: a line for each.</summary>
    /// <exception cref="Word2VecException">It cannot be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, stream => PhraseFile.Write(this, stream));

    /// <summary>Writes the same to <paramref name="stream"/>, which stays open.</summary>
    public void Save(Stream stream) => PhraseFile.Write(this, stream);

    /// <summary>Lists the phrases, those with the highest scores first.</summary>
    /// <param name="count">How many; 0: all.</param>
    public IReadOnlyList<Phrase> Best(int count = 0)
    {
        OptionCheck.Range(nameof(count), count, 0, int.MaxValue);
        IEnumerable<(double Score, int Pass, int Id)> all = Tables.SelectMany((table, pass) => table.Scores.Select((score, id) => (score, pass, id)));
        return [.. all.OrderByDescending(phrase => phrase.Score).Take(count == 0 ? int.MaxValue : count).Select(phrase =>
        {
            PhraseTable table = Tables[phrase.Pass];
            string text = table.Keys[phrase.Id].Replace((char)SentenceLine.Space, Options.Joiner);
            return new Phrase(text, phrase.Score, table.Counts[phrase.Id], phrase.Pass + 1);
        })];
    }

    /// <summary>Joins the phrases of a sentence.</summary>
    /// <param name="words">The sentence's words, none of which is empty or holds white space.</param>
    /// <exception cref="Word2VecException">A word is empty or holds white space (<see cref="ErrorKind.Usage"/>).</exception>
    public IReadOnlyList<string> Join(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var line = new SentenceLine();
        foreach (string word in words)
        {
            if (word.Length == 0 || word.AsSpan().ContainsAny(WhiteSpace))
                throw new Word2VecException(ErrorKind.Usage, "Phrases were to be joined in words one of which is empty or holds white space; give one word each.");
            line.Add(Encoding.UTF8.GetBytes(word));
        }

        Join(Tables, line);
        var joined = new string[line.Count];
        for (int i = 0; i < joined.Length; i++)
            joined[i] = Encoding.UTF8.GetString(line.Bytes.Slice(line.Words[i].Start, line.Words[i].Length));
        return joined;
    }

    /// <summary>
    /// Writes the words of <paramref name="source"/> to <paramref name="output"/> with the phrases joined: those of a line on a line, with a space between
    /// them. The text is read once, from front to back, so that both may be pipes.
    /// </summary>
    /// <remarks>
    /// Words are the bytes that they are in the text (with <see cref="TokenizerKind.Text"/>: what that makes of them); one of more than 1,000 bytes is written as
    /// the pieces that a training takes it for. A line of more than a million words or 8 MB is searched in parts.
    /// </remarks>
    /// <exception cref="Word2VecException">The text cannot be read or changed while it was read.</exception>
    /// <exception cref="IOException">The stream could not be written to.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; a part is written then.</exception>
    public void Join(CorpusSource source, Stream output, IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        new PhrasePasses(source, Options.Tokenizer, 1, progress, cancellation).Write(Tables, output);
    }

    /// <summary>Joins the phrases of all passes, one after another.</summary>
    internal static void Join(IReadOnlyList<PhraseTable> tables, SentenceLine line)
    {
        foreach (PhraseTable table in tables)
            line.Join(table);
    }

    private static Phrases LearnIn(PhrasePasses passes, PhraseOptions options)
    {
        var connectors = WordIndex.From(options.Connectors);
        var tables = new List<PhraseTable>();
        var statistics = new List<PhrasePass>();
        for (int pass = 1; pass <= options.Passes; pass++)
        {
            using var counter = new PhraseCounter(options, connectors);
            passes.Read(tables, (line, _) => counter.Add(line));
            tables.Add(counter.Find(pass, out PhrasePass found));
            statistics.Add(found);
        }

        return new Phrases(tables, options, statistics);
    }
}
