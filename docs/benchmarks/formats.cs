#:property PublishAot=false
#:property AllowUnsafeBlocks=true
#:project ../../src/Word2Vec/Word2Vec.csproj
// Times files of vectors: dotnet run -c Release --file docs/benchmarks/formats.cs VECTORS [repeats] [write FORMAT…]
// Opens VECTORS and makes an index of them, the first time in the process and then again, then writes them in the formats named and opens
// those. Medians of wall and processor milliseconds; the index is looked up for a word, so that its pages are there.
using System.Diagnostics;
using System.Globalization;
using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;

int repeats = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 11;
Read(args[0]);
if (args.Length < 4)
    return;
DirectoryInfo folder = Directory.CreateTempSubdirectory("word2vec-formats-");
using (WordVectors vectors = VectorFile.Open(args[0]))
{
    foreach (string name in args[3..])
    {
        VectorFormatInfo format = VectorFile.Formats.First(known => known.Name == name);
        string path = Path.Combine(folder.FullName, "vectors" + format.Endings[0]);
        Report($"write {name}", () => VectorFile.Save(vectors, path, format.Format), new FileInfo(path));
        Report($"write {name}, no disk", () => WriteNowhere(vectors, format.Format), new FileInfo(path));
        Read(path);
    }
}

folder.Delete(recursive: true);

void Read(string path)
{
    var file = new FileInfo(path);
    Once("first time", () => Ready(path), file);
    Report("open", () => VectorFile.Open(path).Dispose(), file);
    Report("open and index", () => Ready(path), file);
}

void Ready(string path)
{
    using WordVectors vectors = VectorFile.Open(path);
    var index = new VectorIndex(vectors);
    GC.KeepAlive(index);
}

void WriteNowhere(WordVectors vectors, VectorFormat format) =>
    VectorFile.Save(vectors, Stream.Null, new VectorWriteOptions { Format = format });

void Report(string what, Action action, FileInfo file)
{
    action();
    var runs = Enumerable.Range(0, repeats).Select(_ => Time(action)).ToArray();
    Print(what, file, Median(runs.Select(run => run.Wall)), Median(runs.Select(run => run.Processor)));
}

void Once(string what, Action action, FileInfo file)
{
    (double wall, double processor) = Time(action);
    Print(what, file, wall, processor);
}

void Print(string what, FileInfo file, double wall, double processor)
{
    file.Refresh();
    Console.WriteLine($"{file.Extension,-6} {what,-24} {wall,10:0.0} ms wall {processor,10:0.0} ms processor {file.Length / processor / 1e3,8:0} MB/s");
}

double Median(IEnumerable<double> values) => values.Order().ElementAt(repeats / 2);

static (double Wall, double Processor) Time(Action action)
{
    TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
    long start = Stopwatch.GetTimestamp();
    action();
    return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds);
}
