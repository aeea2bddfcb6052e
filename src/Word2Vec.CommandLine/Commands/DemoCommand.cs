using System.CommandLine;
using Word2Vec.Corpora;
using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec demo</c>: the whole line on a corpus that comes with the tool, in under a minute.</summary>
internal sealed class DemoCommand : ToolCommand
{
    private const int ShownWords = 3;

    private readonly Option<string?> _corpus =
        CommandOptions.Text("--corpus", "A corpus that comes with the tool, or a file [default: small-world]", "NAME|FILE");
    private readonly Option<string?> _output =
        CommandOptions.Text("--output", "Where the vectors go [default: NAME.bin here]", "FILE", "-o");
    private readonly Option<bool> _quiet = CommandOptions.Quiet();
    private readonly CorpusOptionSet _corpusOptions = new();
    private readonly TrainingOptionSet _trainingOptions = new(new TrainingOptions());
    private readonly DeviceSelection _device = new();

    public DemoCommand(Host host)
        : base(host, "demo", "Train on a small corpus that comes with the tool, and show what the vectors know.")
    {
        Add(_corpus);
        Add(_output);
        _trainingOptions.AddTo(this);
        _corpusOptions.AddTo(this);
        _device.AddTo(this);
        Add(_quiet);
    }

    public override IReadOnlyList<string> Examples => ["word2vec demo", "word2vec demo --corpus warehouse -o warehouse.bin --epochs 10"];

    protected override int Execute(ParseResult parsed)
    {
        CorpusOptions corpusOptions = _corpusOptions.Read(parsed);
        TrainingOptions options = _trainingOptions.Read(parsed);
        bool quiet = parsed.GetValue(_quiet);
        ShippedCorpus shipped = ShippedCorpora.Find(parsed.GetValue(_corpus) ?? "small-world", Host.CorpusRoots);
        string output = parsed.GetValue(_output) ?? shipped.Name + ".bin";
        foreach (string path in (string[])[output, TrainingRecord.PathFor(output)])
        {
            OutputCheck.NotAnInput(path, [shipped.Text]);
            OutputCheck.Writable(path);
        }

        DeviceChoice choice = _device.Choose(parsed, Host.Devices, options, Host.Error);
        var report = new TrainingReport(Host, quiet);
        report.Line($"reading     {shipped.Text}");
        var run = new TrainingRun(Host, quiet, Host.StopGracefully($"nothing was written, {output} is as it was"));
        using EncodedCorpus corpus = run.Read(CorpusSource.From(shipped.Text), corpusOptions, _corpusOptions.CacheFolder(parsed, Host));
        report.Corpus(corpus, corpusOptions);
        report.Device(choice);
        report.Memory(run.Memory(corpus, options, choice));
        TrainedVectors trained = run.Train(corpus, options, choice);
        using WordVectors vectors = trained.Vectors;
        VectorFile.Save(vectors, output);
        TrainingRecord.Save(output, TrainingRecord.Make([shipped.Text], output, parsed, corpus, trained));
        report.Result(trained, output);
        Show(shipped, vectors);
        Host.Out.Flush();
        report.Next(output, corpus.Vocabulary);
        return ExitCodes.Success;
    }

    private void Show(ShippedCorpus shipped, WordVectors vectors)
    {
        var index = new VectorIndex(vectors);
        List<string[]> questions = shipped.Questions is null ? [] : Questions(shipped.Questions, vectors.Words);
        Families? families = shipped.Families is null ? null : Families.Read(shipped.Families, vectors.Words);
        IEnumerable<string> words = questions.Count > 0
            ? questions.Select(question => question[3])
            : families?.Words ?? FrequentWords(vectors.Words);
        foreach (string word in Spread([.. words]))
            Host.Out.WriteLine($"{ResultTable.Printable(word)} is like {string.Join(", ", Found(index.MostSimilar([word], null, 5)))}");
        foreach (string[] q in Spread(questions))
            Host.Out.WriteLine($"{q[0]} is to {q[1]} as {q[2]} is to {string.Join(", ", Found(index.Analogy(q[0], q[1], q[2], 1)))}");
        if (families is not null)
            Host.Out.WriteLine(families.Describe(index));
        if (shipped.Questions is null && shipped.Pairs is null)
            return;
        Host.Out.WriteLine();
        Evaluations.Of(vectors, Listed(shipped.Questions), Listed(shipped.Pairs), 0).WriteTables(Host.Terminal);
    }

    // A few, from the beginning, the middle and towards the end.
    private static IEnumerable<T> Spread<T>(List<T> all) =>
        Enumerable.Range(0, Math.Min(ShownWords, all.Count)).Select(i => all[(int)((long)i * all.Count / ShownWords)]);

    private static IEnumerable<string> Found(IEnumerable<Neighbor> neighbors) =>
        neighbors.Select(neighbor => $"{ResultTable.Printable(neighbor.Word)} ({Neighbors.Text(neighbor.Similarity)})");

    private static string[] Listed(string? path) => path is null ? [] : [path];

    // The first question of each section whose words are all known.
    private static List<string[]> Questions(string path, WordIndex words)
    {
        List<string[]> found = [];
        bool wanted = true;
        foreach (string[] parts in File.ReadLines(path).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            bool header = parts.Length > 0 && parts[0].StartsWith(':');
            bool usable = parts.Length == 4 && parts.All(word => words.TryGetId(word, out _));
            if (wanted && usable && !header)
                found.Add(parts);
            wanted = header || (wanted && !usable);
        }

        return found;
    }

    private static IEnumerable<string> FrequentWords(WordIndex words) =>
        Enumerable.Range(0, Math.Min(words.Count, 100)).Select(id => words[id]);
}
