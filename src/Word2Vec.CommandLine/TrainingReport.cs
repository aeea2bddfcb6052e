using System.Globalization;
using Word2Vec.Corpora;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>What a person is told about a training, on standard error.</summary>
internal sealed class TrainingReport(Host host, bool quiet)
{
    private const int MostLosses = 10;

    public void Device(DeviceChoice choice) => Line($"device      {choice.Device.Id} ({choice.Device.Description}); {choice.Reason}");

    /// <summary>A graph, and names in it that had white space.</summary>
    public void Graph(Graph graph, long changed)
    {
        Line($"graph       {graph.NodeCount:N0} nodes, {graph.EdgeCount:N0} edges, {(graph.IsDirected ? "directed" : "undirected")}{(graph.IsWeighted ? ", weighted" : "")}");
        if (changed > 0)
            Line($"names       {changed:N0} had white space, in place of which they have _ now");
    }

    /// <param name="isWalks">Whether the sentences are walks, whose words are nodes.</param>
    public void Corpus(EncodedCorpus corpus, CorpusOptions options, bool isWalks = false)
    {
        CorpusCounts counts = corpus.Counts;
        (string words, string sentences, string text) = isWalks ? ("nodes", "walks", "walks") : ("words", "sentences", "text");
        Line($"corpus      {counts.TextTokens:N0} {words} in {counts.Sentences:N0} {sentences}, {(counts.DroppedTypes > 0 ? "up to " : "")}{counts.Types:N0} different");
        Line($"vocabulary  {corpus.Vocabulary.Count:N0} {words}, at least {options.MinimumCount} times each: {counts.Tokens:N0} {words} of the {text}");
        if (counts.DroppedTypes > 0 && options.Vocabulary is null)
            Line($"dropped     {counts.DroppedTypes:N0} rare words on the way (--max-distinct); counts are exact or up to {counts.MostLost:N0} too small");
        if (counts.LongWords > 0)
            Line($"long words  {counts.LongWords:N0} words of 998 to 1,000 bytes; longer ones were cut into such pieces");
        if (TokenizerHint.NotUtf8(corpus.Vocabulary) is > 0 and int broken)
            Line($"hint        {broken:N0} of the words are not UTF-8; if the text is in another encoding, convert it (iconv -f LATIN1 -t UTF-8)");
        if (!isWalks && options.Tokenizer == TokenizerKind.Whitespace && TokenizerHint.LooksLikeProse(corpus.Vocabulary))
            Line($"hint        many words carry capitals or punctuation; try --tokenizer text");
    }

    public void Base(string path, FineTuning from, FineTuningWords words) =>
        Line($"base        {path}: {words.Known:N0} of its words are in the text, {words.New:N0} are new, {words.Absent:N0} absent ones {(from.KeepsAbsent ? "stay" : "go")}{Frozen(words)}");

    public void Memory(MemoryCheck memory) => Line($"memory      {memory}");

    public void Result(TrainedVectors trained, StepTimes times, string output)
    {
        TrainingSummary summary = trained.Summary;
        double seconds = summary.Elapsed.TotalSeconds;
        string epochs = summary.EpochLosses.Count == 1 ? "1 epoch" : FormattableString.Invariant($"{summary.EpochLosses.Count} epochs");
        Line($"trained     {epochs} in {seconds:F1} s, {summary.WordsPerSecond:N0} words/s on {summary.Backend}");
        Line($"loss        {Losses(summary.EpochLosses)}");
        Line($"took        {times}");
        Written(output);
    }

    /// <summary>Where the output is.</summary>
    public void Written(string output)
    {
        if (output == VectorOutput.StandardOutput)
            Line($"written     to standard output");
        else
            Line($"written     {output} ({new FileInfo(output).Length / 1e6:F1} MB)");
    }

    /// <summary>A command to go on with.</summary>
    public void Next(string output, Vocabulary vocabulary)
    {
        if (output != VectorOutput.StandardOutput)
            Line($"next        word2vec most-similar {output} {ResultTable.Printable(ExampleWord(vocabulary))}");
    }

    private static string Frozen(FineTuningWords words) => words.Frozen == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {words.Frozen:N0} are frozen");

    private static string Losses(IReadOnlyList<TrainingLoss> losses)
    {
        string[] means = [.. losses.Select(loss => loss.Mean.ToString("F4", CultureInfo.InvariantCulture))];
        return string.Join("  ", means.Length <= MostLosses ? means : [.. means[..(MostLosses - 1)], "…", means[^1]]);
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
