using System.CommandLine;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>The options that say how a corpus is read, shared by every command that reads one.</summary>
internal sealed class CorpusOptionSet
{
    private const double Gigabyte = 1e9, MostGigabytes = 1e9;

    private static readonly CorpusOptions Standard = new();

    private readonly Option<string?> _tokenizer = CommandOptions.ChoiceWithDefault(
        "--tokenizer", "whitespace: bytes between spaces, as they are; text: lower-case words without punctuation",
        "whitespace", "text");

    private readonly Option<int> _minimumCount;

    private readonly Option<int> _maximumVocabulary = CommandOptions.Number(
        "--max-vocabulary", "Keep at most N words, the most frequent ones; 0: all", Standard.MaximumVocabulary);

    private readonly Option<int> _maximumDistinct = CommandOptions.Number(
        "--max-distinct", "Count at most N different words at once; the rarest are dropped when there are more", Standard.MaximumDistinct);

    private readonly Option<string?> _vocabulary = CommandOptions.Text(
        "--vocabulary", "Take the words and their counts from this file instead of counting", "FILE");

    private readonly Option<int> _maximumSentenceLength = CommandOptions.Number(
        "--max-sentence-length", "Cut longer sentences into pieces of N words", Standard.MaximumSentenceLength);

    private readonly Option<string?> _cache = CommandOptions.Text(
        "--cache", "Keep the encoded corpus here for later runs [default: a folder of the user's, or $WORD2VEC_CACHE]", "FOLDER");

    private readonly Option<bool> _noCache = CommandOptions.Switch("--no-cache", "Do not keep the encoded corpus");

    private readonly Option<double> _cacheLimit = CommandOptions.Number(
        "--cache-limit", "Delete the least recently used encoded corpora when they have more than N gigabytes", Standard.CacheLimit / Gigabyte);

    /// <summary>Makes the options.</summary>
    /// <param name="graph">The option that names a graph in place of a text, which has defaults of its own; null: there is none.</param>
    public CorpusOptionSet(Option<string?>? graph = null) => _minimumCount = CommandOptions.Number(
        "--min-count", "Leave out words that occur less often", Standard.MinimumCount, graph, GraphOptionSet.MinimumCount);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [_tokenizer, _minimumCount, _maximumVocabulary, _maximumDistinct, _vocabulary, _maximumSentenceLength, _cache, _noCache, _cacheLimit])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_cache) is not null && result.GetResult(_noCache) is not null)
                result.AddError("--cache and --no-cache exclude each other; give one of them");
            if (result.GetResult(_cache)?.Tokens is [{ Value: "" }])
                result.AddError("The option --cache is empty; it must name a folder, or use --no-cache");
        });
    }

    /// <summary>The file that the vocabulary is read from; null: the words of the text are counted.</summary>
    public string? VocabularyFile(ParseResult parsed) => parsed.GetValue(_vocabulary);

    /// <summary>The checked options.</summary>
    public CorpusOptions Read(ParseResult parsed)
    {
        var options = new CorpusOptions
        {
            Tokenizer = parsed.GetValue(_tokenizer) == "text" ? TokenizerKind.Text : TokenizerKind.Whitespace,
            MinimumCount = parsed.GetValue(_minimumCount),
            MaximumVocabulary = parsed.GetValue(_maximumVocabulary),
            MaximumDistinct = parsed.GetValue(_maximumDistinct),
            MaximumSentenceLength = parsed.GetValue(_maximumSentenceLength),
            CacheLimit = CacheLimit(parsed.GetValue(_cacheLimit)),
        };
        options.Validate();
        return VocabularyFile(parsed) is { } file ? options with { Vocabulary = Words.VocabularyFile.Read(file) } : options;
    }

    private static long CacheLimit(double gigabytes) => gigabytes is >= 0 and <= MostGigabytes
        ? (long)(gigabytes * Gigabyte)
        : throw new Word2VecException(
            ErrorKind.Usage, FormattableString.Invariant($"The option --cache-limit is {gigabytes}; it must lie between 0 and {MostGigabytes}."));

    /// <summary>
    /// The folder for encoded corpora; null where none is kept: on request, or because the user's own folder cannot be written to.
    /// </summary>
    public string? CacheFolder(ParseResult parsed, Host host)
    {
        if (parsed.GetValue(_noCache))
            return null;
        if (parsed.GetValue(_cache) is { } chosen)
            return chosen;
        try
        {
            return Directory.CreateDirectory(host.CacheFolder).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
