#:property PublishAot=false
#:property Optimize=true
#:project ../../src/Word2Vec/Word2Vec.csproj
// Times exact search: dotnet run -c Release --file docs/benchmarks/queries.cs VECTORS [queries] [repeats]
// Prints the median wall and processor time a query, for a batch on all processors, a batch on one, and single queries.
using System.Diagnostics;
using System.Globalization;
using Word2Vec.Formats;
using Word2Vec.Queries;

int queries = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1000;
int repeats = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 11;
using var vectors = VectorFile.Open(args[0]);
string[] words = [.. vectors.EnumerateWords().Take(queries)];
Console.WriteLine($"{vectors.Count} x {vectors.Size}, {words.Length} queries, top 10, median of {repeats}");
foreach (int threads in new[] { Environment.ProcessorCount, 1 })
{
    var index = new VectorIndex(vectors) { Threads = threads };
    Report($"batch, {threads} threads", words.Length, () => index.MostSimilarBatch(words));
    Report($"single, {threads} threads", 20, () => { foreach (string word in words.Take(20)) index.MostSimilar([word]); });
}

void Report(string what, int count, Action action)
{
    var wall = new List<double>();
    var processor = new List<double>();
    for (int i = -2; i < repeats; i++)
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
    Console.WriteLine($"{what,-20} {wall[repeats / 2]:0.000} ms wall, {processor[repeats / 2]:0.000} ms processor a query");
}
