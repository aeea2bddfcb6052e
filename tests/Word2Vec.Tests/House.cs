using System.Text.RegularExpressions;

namespace Word2Vec.Tests;

/// <summary>The repository's source files, and the order of the library's rooms as docs/architecture.md gives it.</summary>
internal static partial class House
{
    /// <summary>What each room may use by its own row; what those rooms may use comes along.</summary>
    private static readonly Dictionary<string, string[]> Rows = new()
    {
        ["Numerics"] = [],
        ["Corpora"] = ["Numerics"],
        ["Words"] = ["Corpora"],
        ["Sampling"] = ["Words"],
        ["Training"] = ["Sampling"],
        ["Vectors"] = ["Words"],
        ["Formats"] = ["Vectors"],
        ["Queries"] = ["Vectors"],
        ["Evaluation"] = ["Queries", "Analysis"],
        ["Analysis"] = ["Vectors", "Numerics"],
    };

    /// <summary>What the kernels may use: the seam, the draws, the numerics, and the ids that the seam hands over.</summary>
    private static readonly HashSet<string> ForKernels = ["Training", "Sampling", "Numerics", "Words"];

    /// <summary>The folder that holds Word2Vec.sln, found from where the tests run.</summary>
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Rooms => Rows.Keys;

    /// <summary>The files of one folder of the repository, relative to the root with forward slashes, without what the build wrote.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Where(file => !BuildOutput().IsMatch(file))
                .Order(StringComparer.Ordinal)
            : [];

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>The lines that hold code, with their numbers from 1: what starts as a comment is left out.</summary>
    public static IEnumerable<(int Number, string Text)> Code(IEnumerable<string> lines) =>
        lines.Select((text, index) => (Number: index + 1, Text: text)).Where(line => !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal));

    /// <summary>What <paramref name="file"/> uses although its room, or kernels/, may not; a sentence for each.</summary>
    /// <param name="typesOfRooms">The room of each type, so that <c>Sampling.Sampler</c> is told from a property named Sampling.</param>
    public static IEnumerable<string> OrderOffences(string file, IEnumerable<string> lines, IReadOnlyDictionary<string, string> typesOfRooms)
    {
        if (RoomOf(file) is not { } room)
        {
            yield break;
        }
        var allowed = room == "kernels" ? ForKernels : Reachable(room);
        foreach (var (number, text) in Code(lines))
        {
            foreach (var used in RoomsUsed(text, typesOfRooms).Where(used => used != room && !allowed.Contains(used)))
            {
                yield return $"{file}:{number} uses Word2Vec.{used}; {room} may use only {Names(allowed)}.";
            }
        }
    }

    /// <summary>The type names that each room declares.</summary>
    public static IReadOnlyDictionary<string, string> TypesOfRooms() =>
        Files("src/Word2Vec", "*.cs")
            .Where(file => RoomOf(file) is not null)
            .SelectMany(file => Lines(file).SelectMany(line => Declaration().Matches(line)).Select(match => (Type: match.Groups[1].Value, Room: RoomOf(file)!)))
            .DistinctBy(pair => pair.Type)
            .ToDictionary(pair => pair.Type, pair => pair.Room);

    /// <summary>The room that a file lies in, "kernels" for the kernels; null for the facade at the library's root and for everything else.</summary>
    public static string? RoomOf(string file) =>
        file.Split('/') switch
        {
            ["kernels", ..] => "kernels",
            ["src", "Word2Vec", var room, _, ..] => room,
            _ => null,
        };

    private static IEnumerable<string> RoomsUsed(string line, IReadOnlyDictionary<string, string> typesOfRooms)
    {
        if (line.StartsWith("namespace ", StringComparison.Ordinal))
        {
            return [];
        }
        var byFullName = FullName().Matches(line).Select(match => match.Groups[1].Value).Where(Rows.ContainsKey);
        var byRoomAndType = RoomAndType().Matches(line)
            .Where(match => typesOfRooms.TryGetValue(match.Groups[2].Value, out var room) && room == match.Groups[1].Value)
            .Select(match => match.Groups[1].Value);
        return byFullName.Concat(byRoomAndType).Distinct();
    }

    /// <summary>The rooms of a row, and theirs in turn. A room without a row may use nothing.</summary>
    private static HashSet<string> Reachable(string room)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>(Rows.GetValueOrDefault(room, []));
        while (open.TryDequeue(out var next))
        {
            if (reached.Add(next))
            {
                Array.ForEach(Rows[next], open.Enqueue);
            }
        }
        return reached;
    }

    private static string Names(HashSet<string> rooms) => rooms.Count == 0 ? "the root namespace" : string.Join(", ", rooms.Order(StringComparer.Ordinal));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Word2Vec.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No Word2Vec.sln in {AppContext.BaseDirectory} or above it: build the tests inside the repository.");
    }

    [GeneratedRegex(@"(^|/)(bin|obj|artifacts|TestResults)/")]
    private static partial Regex BuildOutput();

    [GeneratedRegex(@"\bWord2Vec\.([A-Z]\w*)")]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w*)\.([A-Z]\w*)")]
    private static partial Regex RoomAndType();

    [GeneratedRegex(@"^\s*(?:public|internal)\s[^=(]*?\b(?:class|struct|interface|enum|record)\s+(?:struct\s+|class\s+)?([A-Z]\w*)")]
    private static partial Regex Declaration();
}
