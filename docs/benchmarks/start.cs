#:property PublishAot=false
#:property AllowUnsafeBlocks=true
#:project ../../src/Word2Vec/Word2Vec.csproj
// Times what is not training, from outside: dotnet run -c Release --file docs/benchmarks/start.cs TOOL CORPUS [repeats] [epochs]
// TOOL is the built word2vec. "read" ends when the tool names its device: from there on come weights and tables, training ("trained", the
// tool's own clock), and saving; those but training are "rest". Processor time is the whole process's. Linux.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

if (args.Length < 2)
    throw new ArgumentException("Two arguments were expected: the built tool and a corpus.");
int repeats = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5;
string epochs = args.Length > 3 ? args[3] : "1";
DirectoryInfo folder = Directory.CreateTempSubdirectory("word2vec-start-");
string cache = Path.Combine(folder.FullName, "cache"), output = Path.Combine(folder.FullName, "vectors.bin");
Console.WriteLine($"{Path.GetFileName(args[1])}, {epochs} epoch(s), medians of {repeats}, milliseconds");
Console.WriteLine("                read   trained      rest     whole  processor");
Report("no cache", ["--no-cache"]);
Report("cache", ["--cache", cache]);
folder.Delete(recursive: true);

void Report(string name, string[] options)
{
    Once(options); // fills the cache, and the system's
    Times[] runs = [.. Enumerable.Range(0, repeats).Select(_ => Once(options))];
    Console.WriteLine($"{name,-10}{Median(run => run.Read),10:0}{Median(run => run.Trained),10:0}"
        + $"{Median(run => run.Whole - run.Read - run.Trained),10:0}"
        + $"{Median(run => run.Whole),10:0}{Median(run => run.Processor),11:0}");

    double Median(Func<Times, double> of) => runs.Select(of).Order().ElementAt(repeats / 2);
}

Times Once(string[] options)
{
    double before = ChildrenMilliseconds(), read = 0;
    var watch = Stopwatch.StartNew();
    string[] command = ["train", args[1], "-o", output, "--threads", "1", "--epochs", epochs, .. options];
    var start = new ProcessStartInfo(args[0], command) { RedirectStandardError = true };
    using (Process process = Process.Start(start)!)
    {
        while (process.StandardError.ReadLine() is string line)
        {
            if (line.StartsWith("device ", StringComparison.Ordinal))
                read = watch.Elapsed.TotalMilliseconds;
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The tool ended with {process.ExitCode}.");
    }

    double whole = watch.Elapsed.TotalMilliseconds;
    using JsonDocument record = JsonDocument.Parse(File.ReadAllText(output + ".json"));
    return new Times(read, record.RootElement.GetProperty("seconds").GetDouble() * 1000, whole, ChildrenMilliseconds() - before);
}

static double ChildrenMilliseconds()
{
    const int Children = -1;
    var usage = new long[32]; // user seconds and microseconds, system seconds and microseconds, …
    return GetResourceUsage(Children, usage) == 0 ? (usage[0] + usage[2]) * 1e3 + (usage[1] + usage[3]) / 1e3 : double.NaN;

    [DllImport("libc", EntryPoint = "getrusage")]
    static extern int GetResourceUsage(int who, long[] usage);
}

internal sealed record Times(double Read, double Trained, double Whole, double Processor);
