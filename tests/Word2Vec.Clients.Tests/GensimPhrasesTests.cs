using System.Text.Json;
using Word2Vec.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Clients.Tests;

/// <summary>gensim's Phrases on the same text with the same parameters: the same bytes, and the same scores.</summary>
public sealed class GensimPhrasesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-phrases-");

    [ClientTheory("python:gensim")]
    [InlineData("default", 2, 1, "none")]
    [InlineData("default", 1, 3, "english")]
    [InlineData("npmi", 0.4, 1, "none")]
    [InlineData("npmi", 0.3, 2, "english")]
    public void It_joins_the_same_words(string scoring, double threshold, int passes, string connectors)
    {
        string corpus = Path.Combine(Repository.Root, "corpora", "small-world.txt");
        string theirs = PathOf("theirs"), ours = PathOf("ours"), script = Path.Combine(Repository.ClientTests, "clients", "phrases_client.py");
        string[] arguments = [script, scoring, FormattableString.Invariant($"{threshold}"), $"{passes}", connectors, corpus, theirs];
        using JsonDocument found = JsonDocument.Parse(Shell.Run(_folder.FullName, Client.Python, arguments));
        var options = new PhraseOptions
        {
            Scoring = scoring == "npmi" ? PhraseScoring.Npmi : PhraseScoring.Gensim,
            Thresholds = [threshold],
            Passes = passes,
            Connectors = connectors == "english" ? PhraseOptions.EnglishConnectors : [],
        };
        Phrases phrases;
        using (FileStream output = File.Create(ours))
            phrases = Phrases.LearnAndJoin(CorpusSource.From(corpus), output, options);
        Assert.Equal(File.ReadAllText(theirs), File.ReadAllText(ours));

        // Theirs lists what occurs, ours what was found: a pair whose first word always belongs to the one before does not occur.
        Dictionary<(string, int), double> scores = phrases.Best().ToDictionary(phrase => (phrase.Text, phrase.Pass), phrase => phrase.Score);
        int compared = 0;
        for (int pass = 1; pass <= passes; pass++)
        {
            foreach (JsonProperty phrase in found.RootElement[pass - 1].EnumerateObject())
            {
                Assert.Equal(phrase.Value.GetDouble(), scores[(phrase.Name, pass)], 1e-9 * Math.Abs(phrase.Value.GetDouble()));
                compared++;
            }
        }

        Assert.True(compared > 10, $"only {compared} phrases");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
