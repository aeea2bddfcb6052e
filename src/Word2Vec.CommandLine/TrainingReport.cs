using System.Globalization;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>What a person is told about a training, on standard error.</summary>
internal sealed class TrainingReport(Host host, bool quiet)
{
    public void Device(DeviceChoice choice) => Line($"device      {choice.Device.Id} ({choice.Device.Description}); {choice.Reason}");

    public void Corpus(EncodedCorpus corpus, CorpusOptions options)
    {
        CorpusCounts counts = corpus.Counts;
        Line($"corpus      {counts.TextTokens:N0} words in {counts.Sentences:N0} sentences, {counts.Types:N0} different");
        Line($"vocabulary  {corpus.Vocabulary.Count:N0} words that occur at least {options.MinimumCount} times: {counts.Tokens:N0} of the text's words");
        if (options.Tokenizer == TokenizerKind.Whitespace && TokenizerHint.LooksLikeProse(corpus.Vocabulary))
            Line($"hint        many words carry capitals or punctuation; try --tokenizer text");
    }

    public void Result(TrainedVectors trained, EncodedCorpus corpus, string output)
    {
        var summary = trained.Summary;
        Line($"trained     {summary.EpochLosses.Count} epochs in {summary.Elapsed.TotalSeconds:F1} s, {summary.WordsPerSecond:N0} words/s on {summary.Backend}");
        Line($"loss        {string.Join("  ", summary.EpochLosses.Select(loss => loss.Mean.ToString("F4", CultureInfo.InvariantCulture)))}");
        Line($"written     {output} ({new FileInfo(output).Length / 1e6:F1} MB)");
        Line($"next        word2vec most-similar {output} {ResultTable.Printable(ExampleWord(corpus.Vocabulary))}");
    }

    // The most frequent words are function words, whose neighbours say little.
    private static string ExampleWord(Vocabulary vocabulary)
    {
        for (int id = Math.Min(vocabulary.Count / 2, 200); id < vocabulary.Count; id++)
        {
            if (vocabulary.Words[id] is { Length: > 3 } word && word.All(char.IsLetter))
                return word;
        }

        return vocabulary.Words[0];
    }

    public void Line(FormattableString text)
    {
        if (!quiet)
            host.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }
}
