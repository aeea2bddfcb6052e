#:property PublishAot=false
#:property Optimize=true
#:property AllowUnsafeBlocks=true
#:project ../../src/Word2Vec/Word2Vec.csproj
// Times exact search: dotnet run -c Release --file docs/benchmarks/queries.cs VECTORS [queries] [repeats]
// Prints how long it takes until a question can be asked, then the median wall and processor time a query, on all processors and on one,
// for a batch and for single queries, beside the time in which the rows can be read at all.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Word2Vec.Benchmarks;
using Word2Vec.Formats;
using Word2Vec.Queries;

const int Singles = 20;
int queries = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1000;
int repeats = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 11;
long begin = Stopwatch.GetTimestamp();
using var vectors = VectorFile.Open(args[0]);
Console.WriteLine($"open {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.00} s");
begin = Stopwatch.GetTimestamp();
var first = new VectorIndex(vectors);
Console.WriteLine($"index {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.00} s");
string[] words = [.. vectors.EnumerateWords().Take(queries)];
Console.WriteLine($"{vectors.Count} x {vectors.Size}, {words.Length} queries, top 10, median of {repeats}");
Console.WriteLine($"multiply-add, 1 thread {Core.MultiplyAddPeak(Vector512.IsHardwareAccelerated ? 16 : 8):0.0} GFLOP/s of processor time");
foreach (int threads in new[] { 1, Environment.ProcessorCount })
{
    var index = new VectorIndex(vectors) { Threads = threads };
    double work = 2.0 * vectors.Count * vectors.Size / 1e9, bytes = 4.0 * vectors.Count * vectors.Size / 1e9;
    Report($"batch, {threads} threads", words.Length, () => index.MostSimilarBatch(words), "GFLOP/s", work);
    Report($"single, {threads} threads", Singles, () => AskOneByOne(index), "GB/s", bytes);
    Report($"reading, {threads} threads", 1, () => ReadAll(threads), "GB/s", bytes);
}

void AskOneByOne(VectorIndex index)
{
    foreach (string word in words.Take(Singles))
        index.MostSimilar([word]);
}

void Report(string what, int count, Action action, string unit, double amount)
{
    var wall = new List<double>();
    var processor = new List<double>();
    for (int i = -1; i < repeats; i++)
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        action();
        if (i < 0)
            continue;
        wall.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / count);
        processor.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / count);
    }

    wall.Sort();
    processor.Sort();
    double median = processor[repeats / 2];
    Console.WriteLine($"{what,-24} {wall[repeats / 2],9:0.000} ms wall {median,9:0.000} ms processor, " +
        $"{amount / median * 1e3:0.0} {unit} of processor time");
}

void ReadAll(int threads) => Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
{
    Vector512<int> sum = default, other = default;
    for (int id = (int)((long)vectors.Count * thread / threads), end = (int)((long)vectors.Count * (thread + 1) / threads); id < end; id++)
    {
        ReadOnlySpan<Vector512<int>> row = MemoryMarshal.Cast<float, Vector512<int>>(vectors[id]);
        int i = 0;
        for (; i + 1 < row.Length; i += 2)
            (sum, other) = (sum ^ row[i], other ^ row[i + 1]);
        if (i < row.Length)
            sum ^= row[i];
    }

    Keep(Vector512.Sum(sum ^ other));
});

// A result that is used is not left out by the compiler.
static void Keep(double result) => GC.KeepAlive(result);
