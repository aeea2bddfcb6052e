using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>The first 256 bytes of a checkpoint; see <see cref="CheckpointFile"/>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = Size)]
internal unsafe struct CheckpointHeader
{
    /// <summary>The header's length in bytes.</summary>
    public const int Size = 256;

    /// <summary>The version that this code writes and reads.</summary>
    public const int CurrentVersion = 1;

    private const int BackendSize = 80;

    public fixed byte Magic[8];
    public int Version;
    public uint HeaderChecksum;
    public long Sequence;
    public CorpusFingerprint Corpus;
    public int VectorSize, Window, Negatives, Tile, TileNegatives, Epochs;
    public double SubsamplingThreshold, LearningRate;
    public ulong Seed;
    public int Deterministic;
    public int Epoch;
    public long Position;
    public long ElapsedTicks;
    public uint LossesChecksum, InputChecksum, OutputChecksum;
    public byte Architecture, OutputLayer, ShortestNgram, LongestNgram;
    public fixed byte Backend[BackendSize];
    public uint Origin;
    public int Buckets;

    /// <summary>"W2V-CKP" and a line feed.</summary>
    public static ReadOnlySpan<byte> ExpectedMagic => "W2V-CKP\n"u8;

    /// <summary>The length of the whole file.</summary>
    public readonly long FileLength => checked(Size + 16L * Epochs + sizeof(float) * (Corpus.Words + Buckets + OutputRows) * VectorSize);

    private readonly long OutputRows => OutputLayer == (byte)Training.OutputLayer.HierarchicalSoftmax ? HuffmanTree.NodeCount((int)Corpus.Words) : Corpus.Words;

    /// <summary>The header of a training that has not begun: what must be the same when it goes on.</summary>
    public static CheckpointHeader Of(TrainingJob job)
    {
        TrainingOptions options = job.Options;
        return new CheckpointHeader
        {
            Corpus = CorpusFingerprint.Of(job.Corpus),
            VectorSize = options.VectorSize,
            Window = options.Window,
            Negatives = options.Negatives,
            Tile = options.Tile,
            TileNegatives = options.TileNegatives,
            Epochs = options.Epochs,
            SubsamplingThreshold = options.SubsamplingThreshold,
            LearningRate = options.LearningRate,
            Seed = options.Seed,
            Deterministic = options.Deterministic ? 1 : 0,
            Origin = job.Weights.Origin,
            Architecture = (byte)options.Architecture,
            OutputLayer = (byte)options.OutputLayer,
            ShortestNgram = (byte)(options.Subwords?.ShortestNgram ?? 0),
            LongestNgram = (byte)(options.Subwords?.LongestNgram ?? 0),
            Buckets = options.Subwords?.Buckets ?? 0,
        };
    }

    /// <summary>Takes <paramref name="description"/> as what trained, cut where it is too long.</summary>
    public void SetBackend(string description)
    {
        fixed (byte* backend = Backend)
            Encoding.UTF8.GetEncoder().Convert(description, new Span<byte>(backend, BackendSize), flush: true, out _, out _, out _);
    }

    /// <summary>Magic, version and checksum put in: the bytes.</summary>
    public readonly byte[] Seal() => SealedHeader.Seal(this, ExpectedMagic, CurrentVersion);

    /// <summary>Reads a header from <see cref="Size"/> bytes; returns what is wrong with it, or null.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, out CheckpointHeader header) =>
        SealedHeader.Read(bytes, ExpectedMagic, CurrentVersion, out header);

    /// <summary>What is different in <paramref name="now"/>, with both values, for people.</summary>
    public readonly IEnumerable<string> Differences(CheckpointHeader now)
    {
        (string Option, double Then, double Now)[] numbers =
        [
            ("--size", VectorSize, now.VectorSize),
            ("--window", Window, now.Window),
            ("--negatives", Negatives, now.Negatives),
            ("--tile", Tile, now.Tile),
            ("--tile-negatives", TileNegatives, now.TileNegatives),
            ("--epochs", Epochs, now.Epochs),
            ("--subsampling", SubsamplingThreshold, now.SubsamplingThreshold),
            ("--learning-rate", LearningRate, now.LearningRate),
            ("--min-ngram", ShortestNgram, now.ShortestNgram),
            ("--max-ngram", LongestNgram, now.LongestNgram),
            ("--buckets", Buckets, now.Buckets),
        ];
        List<string> differences = [];
        if ((Architecture, OutputLayer) != (now.Architecture, now.OutputLayer))
            differences.Add($"the model was {Model} and is {now.Model} now");
        foreach ((string option, double then, double found) in numbers)
        {
            if (!then.Equals(found))
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"{option} was {then} and is {found} now"));
        }

        if (Seed != now.Seed)
            differences.Add($"--seed was {Seed} and is {now.Seed} now");
        if (Deterministic != now.Deterministic)
            differences.Add(Deterministic != 0 ? "--deterministic was given and is not now" : "--deterministic was not given and is now");
        if (Origin != now.Origin)
            differences.Add(Origin == 0 ? "it began with no vectors and does now"
                : now.Origin == 0 ? "it began with vectors and does not now" : "it began with other vectors, or froze others");
        if (Corpus.Difference(now.Corpus) is { } corpus)
            differences.Add(corpus);
        return differences;
    }

    private readonly string Model => new TrainingOptions { Architecture = (TrainingArchitecture)Architecture, OutputLayer = (OutputLayer)OutputLayer }.ModelName;
}
