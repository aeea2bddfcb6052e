using Word2Vec.Training;

namespace Word2Vec.Tests;

public sealed class SkipGramTests : IDisposable
{
    private static readonly TrainingOptions Options = new() { VectorSize = 8, Threads = 1, Epochs = 2 };
    private readonly string _folder = Directory.CreateTempSubdirectory("word2vec-skipgram-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Training_without_waiting_gives_the_vectors_of_training()
    {
        string text = Text();
        using var waited = SkipGram.Train(text, Options);
        using var awaited = await SkipGram.TrainAsync(text, Options);
        Assert.Equal(waited.EnumerateWords(), awaited.EnumerateWords());
        for (int id = 0; id < waited.Count; id++)
            Assert.Equal(waited.CopyRow(id), awaited.CopyRow(id));
    }

    [Fact]
    public async Task It_is_another_thread_that_trains_and_tells_how_far_it_is()
    {
        int caller = Environment.CurrentManagedThreadId;
        var seen = new Seen();
        using var vectors = await SkipGram.TrainAsync(Text(), Options, progress: seen);
        Assert.NotEmpty(seen.Reports);
        Assert.All(seen.Reports, report => Assert.NotEqual(caller, report.Thread));
        Assert.Equal(1, seen.Reports[^1].Progress.Fraction);
    }

    [Fact]
    public void The_device_that_is_given_trains()
    {
        var device = new Recorded();
        using var vectors = SkipGram.Train(Text(), Options, device: device);
        Assert.Equal(vectors.Count, Assert.Single(device.Jobs).Corpus.Vocabulary.Count);
    }

    [Fact]
    public async Task A_training_is_cancelled_while_it_trains()
    {
        using var source = new CancellationTokenSource();
        var seen = new Seen { Told = source.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SkipGram.TrainAsync(Text(), Options with { Epochs = 1_000_000 }, progress: seen, cancellation: source.Token));
        Assert.NotEmpty(seen.Reports);
    }

    [Fact]
    public async Task Errors_come_with_the_task()
    {
        Task task = SkipGram.TrainAsync(Path.Combine(_folder, "none.txt"));
        Assert.Equal(ErrorKind.Input, (await Assert.ThrowsAsync<Word2VecException>(() => task)).Kind);
    }

    private string Text()
    {
        string path = Path.Combine(_folder, "text.txt");
        File.WriteAllText(path, string.Concat(Enumerable.Range(0, 400).Select(i => $"a{i % 7} b{i % 5} c{i % 3} a{i % 4}\n")));
        return path;
    }

    private sealed class Seen : IProgress<TrainingProgress>
    {
        public List<(int Thread, TrainingProgress Progress)> Reports { get; } = [];

        public Action? Told { get; init; }

        public void Report(TrainingProgress value)
        {
            Reports.Add((Environment.CurrentManagedThreadId, value));
            Told?.Invoke();
        }
    }

    private sealed class Recorded : TrainingDevice
    {
        public List<TrainingJob> Jobs { get; } = [];

        public override string Id => "recorded";

        public override string Description => "the plain loop, with a list of what it trained";

        public override ITrainingBackend CreateBackend(TrainingJob job)
        {
            Jobs.Add(job);
            return new PlainDevice().CreateBackend(job);
        }
    }
}
