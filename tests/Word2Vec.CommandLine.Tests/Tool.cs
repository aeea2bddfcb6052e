using System.Globalization;
using System.Text;
using Word2Vec.CommandLine.Energy;
using Word2Vec.Training;

namespace Word2Vec.CommandLine.Tests;

/// <summary>What a run of the tool left behind.</summary>
internal sealed record Run(int Code, string Out, string Error)
{
    public string[] OutLines => Out.TrimEnd('\n').Split('\n');

    /// <summary>The only line on standard error.</summary>
    public string ErrorLine => Assert.Single(Error.TrimEnd('\n').Split('\n'));
}

/// <summary>Runs the tool inside the test process, in a folder of its own that is deleted afterwards.</summary>
internal sealed class Tool : IDisposable
{
    public const string NoKernels = "they were left out for this test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-tool-");

    public string Input { get; init; } = "";

    public IReadOnlyList<TrainingDevice> Gpus { get; init; } = [];

    public string? LeftOutReason { get; init; } = NoKernels;

    public Func<bool>? MayHaveCard { get; init; }

    public int Searches { get; private set; }

    public CancellationToken Cancellation { get; init; }

    public IReadOnlyList<string> CorpusRoots { get; init; } = [];

    public bool ErrorIsTerminal { get; init; }

    public bool OutIsTerminal { get; init; }

    public long AvailableMemory { get; init; } = long.MaxValue;

    public Func<TrainingDevice, IReadOnlyList<EnergyCounter>> EnergyCounters { get; init; } = _ => [];

    /// <summary>What the last run wrote to standard output below its text.</summary>
    public byte[] Bytes { get; private set; } = [];

    public Run Run(params string[] args)
    {
        using var bytes = new MemoryStream();
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = output, OutBytes = bytes, OutIsTerminal = OutIsTerminal, Error = error, In = new StringReader(Input), ErrorIsTerminal = ErrorIsTerminal,
        };
        var host = new Host(terminal)
        {
            Devices = new DeviceCatalog(Search, LeftOutReason, MayHaveCard),
            CacheFolder = PathOf("cache"),
            CorpusRoots = CorpusRoots,
            TestCancellation = Cancellation,
            EnergyCounters = EnergyCounters,
            WarmUp = TimeSpan.Zero,
            Memory = () => new AvailableMemory(AvailableMemory, "what this test gives"),
        };
        int code = App.Run(args, host);
        Bytes = bytes.ToArray();
        return new Run(code, output.ToString(), error.ToString());
    }

    private IReadOnlyList<TrainingDevice> Search()
    {
        Searches++;
        return Gpus;
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, string text)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A corpus in which each word of a group stands beside the others of its group.</summary>
    public string WriteCorpus(string name = "corpus.txt", int sentences = 400)
    {
        string[] groups = ["red green blue yellow", "dog cat horse cow", "one two three four", "north south east west"];
        var text = new StringBuilder();
        for (int i = 0; i < sentences; i++)
        {
            string[] words = groups[i % groups.Length].Split(' ');
            text.Append(
                CultureInfo.InvariantCulture,
                $"{words[i / 4 % 4]} {words[(i / 4 + 1) % 4]} {words[(i / 16 + 2) % 4]} {words[i / 64 % 4]}\n");
        }

        return Write(name, text.ToString());
    }

    /// <summary>Vectors in which king − man + woman is exactly queen.</summary>
    public string WriteVectors(string name = "vectors.txt") => Write(name, """
        8 3
        king 1 1 0
        man 0 1 0
        woman 0 0 1
        queen 1 0 1
        prince 1 0.9 0.1
        apple -1 0.2 0.1
        pear -1 0.1 0.2
        plum -1 0.1 0.1

        """);

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>A graphics card that does what a test wants.</summary>
internal sealed class FakeGpu(string id, Func<TrainingJob, ITrainingBackend> create) : TrainingDevice
{
    public override string Id => id;

    public override string Description => "a card for tests";

    // OpenCL's second device here is a processor, as it is where only a software driver is installed.
    public override bool IsGpu => id is not ("ilgpu-cpu:0" or "opencl:1");

    public override long MemoryBytes => 8L << 30;

    public override string Driver => "driver 1.2";

    public override ITrainingBackend CreateBackend(TrainingJob job) => create(job);

    /// <summary>A card that trains, with the plain loop.</summary>
    public static FakeGpu Working(string id) => new(id, new PlainDevice().CreateBackend);

    /// <summary>A card that cannot even begin.</summary>
    public static FakeGpu Broken(string id) => new(id, _ => throw new InvalidOperationException("out of\nmemory"));

    /// <summary>A card that falls over after some of the training.</summary>
    public static FakeGpu FailsLater(string id) => new(id, job => new FailingBackend(new PlainDevice().CreateBackend(job), 100, 5));

    /// <summary>A card whose driver falls over in the second of its epochs, each of one span, with more than a line to say.</summary>
    public static FakeGpu FailsInSecondEpoch(string id) =>
        new(id, job => new FailingBackend(new PlainDevice().CreateBackend(job), int.MaxValue, 2) { Failure = () => new IOException("lost\nthe device") });

    private sealed class FailingBackend(ITrainingBackend inner, int spanLength, int failsAt) : ITrainingBackend
    {
        public Func<Exception> Failure { get; init; } = () => new Word2VecException(ErrorKind.Device, "The card fell off the bus.");

        private int _spans;

        public string Description => inner.Description;

        public int PreferredSpan => spanLength;

        public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation) =>
            ++_spans < failsAt ? inner.Train(span, cancellation) : throw Failure();

        public void ReadWeights() => inner.ReadWeights();

        public void Dispose() => inner.Dispose();
    }
}
