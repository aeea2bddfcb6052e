#:property PublishAot=false
#:property Optimize=true
#:project ../../src/Word2Vec/Word2Vec.csproj
// Where the time of training goes: dotnet run -c Release --file docs/benchmarks/roofline.cs CORPUS.txt [size] [repeats]
// One epoch on one thread. Prints the share of the core's fused multiply-add peak, which is measured in turn with the training; the
// multiply-adds a window that the definition needs, and those that are executed; the instructions a window, from the compiler's own listing
// of each loop times how often it goes round for the corpus's tiles; and the cache misses a window of a model of this machine's caches.
// WORD2VEC_SIMD forces a width.
using System.Diagnostics;
using System.Globalization;
using Word2Vec.Benchmarks;
using Word2Vec.Corpora;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

const long CacheTokens = 3_000_000;
const int ListingBytes = 2_000_000;
int size = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100;
int repeats = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 3;
var options = new TrainingOptions { VectorSize = size, Epochs = 1, Threads = 1 };
using EncodedCorpus corpus = CorpusEncoder.Encode(
    CorpusSource.From(args[0]), new CorpusOptions(), cacheFolder: null, progress: null, default);
if (repeats == 0)
{
    // The child of ListedMethods.
    Train();
    return;
}

string width = new CpuDevice().Description.Split(',')[0];
int lanes = width switch { "AVX-512" => 16, "AVX2" => 8, _ => 4 };
var tiles = new CorpusTiles(corpus, options);
var work = new TileWork(options, tiles.Shape, lanes);
foreach (CorpusTile tile in tiles.Read(corpus.Length))
    work.Add(tile);
Console.WriteLine(
    $"{corpus.Counts.TextTokens} words, {corpus.Vocabulary.Count} different; size {size}, {width}, " +
    $"tiles of {tiles.Shape.Centers} with {tiles.Shape.Negatives} negatives");
Console.WriteLine(
    $"{work.Windows} windows; a window has {PerWindow(work.Pairs):0.00} pairs and {PerWindow(work.NegativePairs):0.00} with negatives, " +
    $"{PerWindow(work.Rows):0.00} rows of {4 * ((size + 15) / 16 * 16)} bytes, each read and written");
double needed = 3 * PerWindow(work.Pairs + work.NegativePairs) * size;
ReportSpeed();
ReportInstructions();
ReportCaches(options);
ReportCaches(options with { Tile = 1 });

double PerWindow(double count) => count / work.Windows;

double Train()
{
    using var weights = new Weights(corpus.Vocabulary.Count, size);
    weights.Initialize(options.Seed);
    return Core.Seconds(() => Trainer.Train(corpus, options, weights, new CpuDevice()));
}

void ReportSpeed()
{
    var rounds = Enumerable.Range(0, repeats).Select(_ => (Seconds: Train(), Peak: Core.MultiplyAddPeak(lanes))).ToList();
    double seconds = Median(rounds.Select(round => round.Seconds)), peak = Median(rounds.Select(round => round.Peak));
    double speed = 2 * needed * work.Windows / seconds / 1e9;
    Console.WriteLine($"peak {peak:0.0} GFLOP/s, reading {Core.ReadingBandwidth():0.0} GB/s");
    Console.WriteLine(
        $"training {seconds:0.00} s = {PerWindow(seconds * 1e9):0} ns a window, {corpus.Counts.TextTokens / seconds / 1e6:0.00} M words/s; " +
        $"{needed:0} multiply-adds needed a window, {speed:0.0} GFLOP/s, {speed / peak:P1} of the peak " +
        $"(rounds: {string.Join(", ", rounds.Select(round => $"{2 * needed * work.Windows / round.Seconds / 1e9 / round.Peak:P1}"))})");
}

void ReportInstructions()
{
    IReadOnlyDictionary<string, JitMethod> methods = ListedMethods();
    var phases = new Dictionary<string, (double Instructions, double MultiplyAdds)>();
    Console.WriteLine("\n| Loop | instructions | rounds a window | instructions a window | multiply-adds a window |\n|---|---:|---:|---:|---:|");
    foreach (((string method, int loop, int floats), long rounds) in work.Rounds)
    {
        if (JitListing.Find(methods, method) is not { } code)
        {
            Console.WriteLine($"| {method[..^1]} | inlined or not listed | {PerWindow(rounds):0.000} | | |");
            continue;
        }

        bool straight = loop == TileWork.Straight;
        (int length, int fused) = straight ? (code.Straight, 0) : (code.Loops[loop].Length, code.Loops[loop].MultiplyAdds);
        double instructions = PerWindow(rounds) * length, multiplyAdds = PerWindow(rounds) * fused * floats;
        foreach (string phase in new[] { PhaseOf(method), "total" })
        {
            (double Instructions, double MultiplyAdds) before = phases.GetValueOrDefault(phase);
            phases[phase] = (before.Instructions + instructions, before.MultiplyAdds + multiplyAdds);
        }

        string name = $"{method.Split('(')[0]}{(floats == lanes ? "" : $" of {floats}")}{(straight ? "" : $", loop {loop + 1}")}";
        Console.WriteLine($"| {name} | {length} | {PerWindow(rounds):0.000} | {instructions:0.0} | {multiplyAdds:0} |");
    }

    Console.WriteLine("\n| Phase | instructions a window | multiply-adds a window | of them needed |\n|---|---:|---:|---:|");
    foreach ((string phase, (double instructions, double multiplyAdds)) in phases.OrderBy(phase => phase.Key == "total"))
        Console.WriteLine($"| {phase} | {instructions:0} | {multiplyAdds:0} | {size * NeededIn(phase):0} |");
}

static string PhaseOf(string method) => method.Split('(')[0] switch
{
    "TileUpdate.Centers" => "update, centers",
    "TileUpdate.Eight" or "TileUpdate.Four" => "update, negatives",
    "TileRows.Prefetch" => "asking for the next rows",
    "TileKernel.NegativeGradients" or "TileKernel.CenterGradients" => "gradients and loss",
    var other when other.StartsWith("CenterDots", StringComparison.Ordinal) => "dots with centers",
    var other when other.StartsWith("NegativeDots", StringComparison.Ordinal) || other == "Transpose.Four" => "dots with negatives",
    var other when other.StartsWith("TileUpdate", StringComparison.Ordinal) || other == "TileKernel.Train" => "update, rows in and out",
    _ => "draws and setting up tiles",
};

// Products of rows that the definition has, as rows' lengths.
double NeededIn(string phase) => phase switch
{
    "dots with negatives" => PerWindow(work.NegativePairs),
    "dots with centers" => PerWindow(work.Pairs),
    "update, negatives" => 2 * PerWindow(work.NegativePairs),
    "update, centers" => 2 * PerWindow(work.Pairs),
    "total" => 3 * PerWindow(work.Pairs + work.NegativePairs),
    _ => 0,
};

// This program again, with the compiler's listing switched on, over the beginning of the corpus.
IReadOnlyDictionary<string, JitMethod> ListedMethods()
{
    DirectoryInfo folder = Directory.CreateTempSubdirectory("word2vec-roofline-");
    try
    {
        string beginning = Path.Combine(folder.FullName, "beginning.txt"), listing = Path.Combine(folder.FullName, "listing.txt");
        using (FileStream from = File.OpenRead(args[0]))
        {
            var bytes = new byte[Math.Min(ListingBytes, from.Length)];
            from.ReadExactly(bytes);
            File.WriteAllBytes(beginning, bytes);
        }

        string[] names = [.. work.Rounds.Keys.Select(key => key.Method.Split('.')[1].Split('(')[0]).Distinct()];
        var start = new ProcessStartInfo(Environment.ProcessPath!, [beginning, $"{size}", "0"]);
        start.Environment["DOTNET_JitDisasm"] = string.Join(' ', names);
        start.Environment["DOTNET_JitStdOutFile"] = listing;
        start.Environment["DOTNET_TieredCompilation"] = "0";
        using Process child = Process.Start(start)!;
        child.WaitForExit();
        return JitListing.Parse(File.ReadAllText(listing));
    }
    finally
    {
        folder.Delete(recursive: true);
    }
}

// The first two thirds fill the caches, the last is counted.
void ReportCaches(TrainingOptions shape)
{
    var caches = new CacheModel();
    var read = new CorpusTiles(corpus, shape);
    var trace = new TileTrace(caches, shape, read.Shape);
    CorpusTile? tile = null;
    long windows = 0, last = Math.Min(corpus.Length, CacheTokens), position = 0;
    foreach (CorpusTile next in read.Read(last))
    {
        if (next.SentenceStart >= 0 && position < last * 2 / 3 && (position = next.SentenceStart) >= last * 2 / 3)
        {
            caches.StartCounting();
            windows = 0;
        }

        if (tile is not null)
            trace.Train(tile, next, next.SentenceStart < 0 ? [] : corpus.Ids(next.SentenceStart, next.SentenceLength));
        (tile, windows) = (next, windows + next.Centers.Length);
    }

    Console.WriteLine($"\nA model of the caches, tiles of {read.Shape.Centers} with {read.Shape.Negatives} negatives, " +
        $"{windows} windows after {last * 2 / 3} ids, a window:");
    foreach (CacheLevel level in caches.Levels)
        Console.WriteLine($"{level.Name}: {(double)level.Misses / windows:0.00} misses, {(double)level.Fills / windows:0.00} lines in, " +
            $"{(double)level.WrittenBack / windows:0.00} back, {(double)CacheModel.Line * (level.Fills + level.WrittenBack) / windows:0} bytes");
    Console.WriteLine($"fetched ahead from below the second level: {(double)caches.FetchedAhead / windows:0.00} lines");
}

static double Median(IEnumerable<double> values) => values.Order().ElementAt((values.Count() - 1) / 2);
