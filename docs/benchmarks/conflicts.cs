#:property PublishAot=false
#:property Optimize=true
#:project ../../src/Word2Vec/Word2Vec.csproj
// A model of many threads on the same rows: how often a row that one thread works on is touched by another, how many updates are lost, how many rows
// have to come from another core's cache, and what that leaves of the speed. The word counts are a real corpus's; docs/many-threads.md has the
// formulas and what follows from them. T windows are one unit of update and share K negatives; T = 1, K = 5 is the plain window.
//   dotnet run -c Release --file docs/benchmarks/conflicts.cs CORPUS tile=1 negatives=5 size=100 window-ns=510 private=0 merge=64
using System.Globalization;
using Word2Vec.Corpora;
using Word2Vec.Numerics;
using Word2Vec.Sampling;
using Word2Vec.Words;

var settings = args.Skip(1).Select(arg => arg.Split('=')).ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture));
double Setting(string name, double standard) => settings.GetValueOrDefault(name, standard);
using EncodedCorpus corpus = CorpusEncoder.Encode(CorpusSource.From(args[0]), new CorpusOptions(), null, null, default);
var machine = new Machine(
    LocalNs: Setting("local-ns", 100), RemoteNs: Setting("remote-ns", 250), CoresASocket: (int)Setting("cores", 64),
    PrivateCache: Setting("l2-mb", 1) * 1e6, SharedCache: Setting("l3-mb", 256) * 1e6, Bandwidth: Setting("gbs", 460));
var model = new Model(
    corpus.Vocabulary, machine, (int)Setting("tile", 1), (int)Setting("negatives", 5), (int)Setting("size", 100), Setting("window-ns", 510),
    (int)Setting("private", 0), Setting("merge", 64));
Console.WriteLine(string.Join(' ', args.Skip(1)));
Console.WriteLine(model.Describe());
Console.WriteLine("| threads | conflict | 1–10 | 11–100 | 101–1,000 | 1,001–10,000 | rarer | lost | rows moved a window | waits: speed-up | ahead: speed-up | DRAM GB/s |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
for (int threads = 1; threads <= 128; threads *= 2)
    Console.WriteLine(model.Row(threads));
Console.WriteLine();
Console.WriteLine("| threads | busy, 8 pieces a thread ± 5 % | ± 30 % | 64 pieces ± 5 % | ± 30 % |");
Console.WriteLine("|---|---|---|---|---|");
for (int threads = 2; threads <= 128; threads *= 4)
{
    var shares = ((int, double)[])[(8, 0.05), (8, 0.3), (64, 0.05), (64, 0.3)];
    Console.WriteLine($"| {threads} | {string.Join(" | ", shares.Select(pair => Model.Percent(Span.Busy(threads, pair.Item1, pair.Item2))))} |");
}

/// <summary>What a machine takes for a cache line of another core, on the same socket and on the other; its caches (bytes) and memory (GB/s a socket).</summary>
internal sealed record Machine(double LocalNs, double RemoteNs, int CoresASocket, double PrivateCache, double SharedCache, double Bandwidth)
{
    /// <summary>The mean latency of a line that one of the other threads has; threads fill one socket, then the other.</summary>
    public double LatencyNs(int threads)
    {
        double near = Math.Min(threads, CoresASocket), far = threads - near;
        double toFar = threads < 2 ? 0 : 2 * near * far / (threads * (threads - 1.0));
        return LocalNs + (RemoteNs - LocalNs) * toFar;
    }
}

internal sealed class Model
{
    private const double LineGapNs = 8, MeanReach = 3;
    private static readonly int[] ClassEnds = [10, 100, 1000, 10_000, int.MaxValue];

    private readonly Machine _machine;
    private readonly int _tile, _private, _lines;
    private readonly double _unitNs, _merge, _kept;

    // Chance that a unit touches a row: input vectors, then output vectors, both by rank.
    private readonly double[] _touch;
    private readonly int _words;

    public Model(Vocabulary vocabulary, Machine machine, int tile, int negatives, int size, double windowNs, int hot, double merge)
    {
        (_machine, _tile, _private, _merge, _words) = (machine, tile, hot, merge, vocabulary.Count);
        _lines = (size + 15) / 16;
        _unitNs = windowNs * tile;
        double[] kept = [.. vocabulary.Counts.ToArray().Select(count =>
            count * Subsampling.KeepProbability((double)count / vocabulary.TotalCount, 1e-3))];
        double[] weights = [.. vocabulary.Counts.ToArray().Select(AliasTable.NegativeWeight)];
        (double keptSum, double weightSum) = (kept.Sum(), weights.Sum());
        _kept = keptSum / vocabulary.TotalCount;

        // Neighbouring windows share context words; a window alone does not have its center among them.
        double contexts = tile == 1 ? 2 * MeanReach : tile + 2 * MeanReach;
        _touch =
        [
            .. kept.Select(share => 1 - Math.Pow(1 - share / keptSum, contexts)),
            .. kept.Zip(weights, (share, weight) => 1 - Math.Pow(1 - share / keptSum, tile) * Math.Pow(1 - weight / weightSum, negatives)),
        ];
    }

    private double RowsAUnit => _touch.Sum();

    private IEnumerable<int> Shared => Enumerable.Range(0, _touch.Length).Where(row => row % _words >= _private);

    public string Describe() => Text($"{_words} words, {100 * _kept:F0} % of the tokens stay; a unit has {RowsAUnit:F1} rows ({RowsAUnit / _tile:F1} a window) and takes {_unitNs / 1000:F2} µs; ")
        + Text($"the row touched most: by {100 * Shared.Max(row => _touch[row]):F1} % of the units");

    public string Row(int threads)
    {
        double others = threads - 1, latency = _machine.LatencyNs(threads);
        double Conflict(int row) => 1 - Math.Exp(-others * _touch[row]);
        double Lost(int row) => 1 - Math.Exp(-others * _touch[row] * latency / _unitNs);
        IEnumerable<string> classes = ClassEnds.Select((end, i) =>
            Percent(Mean(Shared.Where(row => row % _words < end && row % _words >= (i == 0 ? 0 : ClassEnds[i - 1])), Conflict)));
        (double waiting, double ahead) = (Waiting(threads), Ahead(threads));
        return $"| {threads} | {Percent(Mean(Shared, Conflict))} | {string.Join(" | ", classes)} | {Percent(Mean(Shared, Lost))} "
            + Text($"| {Moved(threads) / _tile:F2} | {waiting:F1} | {ahead:F1} | {Traffic(threads) * ahead / threads:F0} |");
    }

    // Weighted by how often the rows are touched; of all touches, private rows included.
    private double Mean(IEnumerable<int> rows, Func<int, double> value)
    {
        (double sum, double weight) = (0, 0);
        foreach (int row in rows)
            (sum, weight) = (sum + _touch[row] * value(row), weight + _touch[row]);
        return weight == 0 ? 0 : sum / weight;
    }

    /// <summary>Che's approximation: after how many units a cache of <paramref name="bytes"/> that keeps the latest rows has lost an untouched one.</summary>
    private double Turnover(double bytes, int sharers)
    {
        double room = bytes / (_lines * 64), low = 0, high = 1e12;
        if (room >= _touch.Length)
            return double.PositiveInfinity;
        while (high - low > 1e-6 * high)
        {
            double middle = (low + high) / 2;
            bool full = _touch.Sum(touch => 1 - Math.Exp(-touch * sharers * middle)) > room;
            (low, high) = full ? (low, middle) : (middle, high);
        }

        return low;
    }

    /// <summary>Rows a unit that this core would still have, had not another one changed them since.</summary>
    private double Moved(int threads)
    {
        double turnover = Turnover(_machine.PrivateCache, 1);
        return Shared.Sum(row => Moves(row, threads, turnover));
    }

    private double Moves(int row, int threads, double turnover) => _touch[row] * (1 - Math.Exp(-_touch[row] * turnover)) * (threads - 1) / threads;

    /// <summary>
    /// Exact mean value analysis of a closed queueing network (Reiser and Lavenberg 1980): each thread computes for a unit's time, then waits for its
    /// rows, one after another; a row is a station that serves one thread at a time for a line's latency.
    /// </summary>
    private double Waiting(int threads)
    {
        double turnover = Turnover(_machine.PrivateCache, 1), latency = _machine.LatencyNs(threads);
        double[] visits = [.. Shared.Select(row => Moves(row, threads, turnover)).Where(visit => visit > 1e-7)];
        double think = _unitNs + MergeNs(threads) + visits.Sum() * (_lines - 1) * LineGapNs, throughput = 0;
        var queues = new double[visits.Length];
        for (int n = 1; n <= threads; n++)
        {
            double response = 0;
            for (int i = 0; i < visits.Length; i++)
                response += visits[i] * latency * (1 + queues[i]);
            throughput = n / (think + response);
            for (int i = 0; i < visits.Length; i++)
                queues[i] = throughput * visits[i] * latency * (1 + queues[i]);
        }

        return throughput * _unitNs;
    }

    /// <summary>Where all rows come in while the unit before is trained: what is left are the line that is passed on most, and the memory.</summary>
    private double Ahead(int threads)
    {
        double turnover = Turnover(_machine.PrivateCache, 1), latency = _machine.LatencyNs(threads);
        double compute = threads / (_unitNs + MergeNs(threads));
        double busiest = Shared.Max(row => Moves(row, threads, turnover)) * latency;
        double sockets = Math.Ceiling(threads / (double)_machine.CoresASocket);
        double memory = sockets * _machine.Bandwidth / Math.Max(1e-9, Traffic(threads) / threads * _unitNs);
        return Math.Min(Math.Min(compute, busiest > 0 ? 1 / busiest : compute), memory) * _unitNs;
    }

    // Both matrices' private rows, summed up one thread after another: each line comes from the last one and goes on to the next.
    private double MergeNs(int threads) => _private == 0 || threads == 1 ? 0
        : 2.0 * _private * (_machine.LatencyNs(threads) / 4 + _lines * LineGapNs) / _merge;

    /// <summary>GB/s to and from memory, if all threads ran at full speed: rows that are in no cache come and, changed, go.</summary>
    private double Traffic(int threads)
    {
        double turnover = Turnover(_machine.SharedCache, threads);
        double rows = double.IsInfinity(turnover) ? 0 : _touch.Sum(touch => touch * Math.Exp(-touch * threads * turnover));
        return 2 * rows * _lines * 64 * threads / _unitNs;
    }

    public static string Percent(double share) => Text($"{100 * share:F1} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A span of the CPU backend: pieces are taken from one counter, and all threads wait for the last one.</summary>
internal static class Span
{
    private const int Rounds = 100;

    /// <summary>The share of the threads' time that is not spent waiting, where a piece takes 1 ± <paramref name="spread"/> (uniform).</summary>
    public static double Busy(int threads, int piecesAThread, double spread)
    {
        DrawKey key = DrawKey.From(1, 0, 0);
        (double busy, double all, long draw) = (0, 0, 0);
        for (int round = 0; round < Rounds; round++)
        {
            var finished = new double[threads];
            for (int piece = 0; piece < piecesAThread * threads; piece++)
            {
                double time = 1 + spread * (2 * CounterRandom.Unit(key.Draw(draw++)) - 1);
                busy += time;
                finished[Array.IndexOf(finished, finished.Min())] += time;
            }

            all += threads * finished.Max();
        }

        return busy / all;
    }
}
