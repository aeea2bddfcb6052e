#:property PublishAot=false
#:property Optimize=true
#:project ../../src/Word2Vec/Word2Vec.csproj
// Times clusters, the classifier and principal components: dotnet run -c Release --file docs/benchmarks/groups.cs VECTORS LABELS [repeats] [what …]
// LABELS has a label for each vector, a line each. groups_peers.py runs the same in scikit-learn and says how to put both side by side.
// Prints a line for each: what, the median milliseconds of wall and processor time, and the figure that says how good the result is.
using System.Diagnostics;
using System.Globalization;
using Word2Vec.Analysis;
using Word2Vec.Formats;

int repeats = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 3;
string[] chosen = args.Length > 3 ? args[3..] : ["kmeans-20", "kmeans-200", "logistic", "pca-50"];
using var vectors = VectorFile.Open(args[0]);
LabeledWords words = LabeledWords.Read(args[1], vectors);
(LabeledWords train, LabeledWords test) = words.Split(0.2);
foreach (string what in chosen)
{
    string[] parts = what.Split('-');
    int number = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
    Report(what, parts[0] switch
    {
        "kmeans" => run => Clustering.Find(vectors, new ClusterOptions { Clusters = number, Spherical = false, Seed = (ulong)run }).Inertia,
        "logistic" => _ => VectorClassifier.Train(vectors, train).Test(vectors, test).Accuracy,
        "pca" => _ => PrincipalComponents.Of(vectors, number).Kept,
        _ => throw new ArgumentException($"'{what}' is none of kmeans-K, logistic, pca-N"),
    });
}

void Report(string what, Func<int, double> action)
{
    var (wall, processor, figures) = (new List<double>(), new List<double>(), new List<double>());
    for (int run = 0; run <= repeats; run++)
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        double figure = action(run);
        if (run == 0)
            continue;
        wall.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        processor.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds);
        figures.Add(figure);
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} wall {Median(wall):0} ms processor {Median(processor):0} ms figure {Median(figures):R}"));
}

static double Median(List<double> values)
{
    values.Sort();
    return values[values.Count / 2];
}
