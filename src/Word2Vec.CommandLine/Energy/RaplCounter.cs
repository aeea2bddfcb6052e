using System.Globalization;

namespace Word2Vec.CommandLine.Energy;

/// <summary>
/// A processor package's counter as Linux shows it (Documentation/power/powercap; Intel's and AMD's processors alike). Many systems let only the
/// administrator read it.
/// </summary>
internal sealed class RaplCounter : EnergyCounter
{
    private const string Folder = "/sys/class/powercap";

    private readonly string _path;

    private RaplCounter(string path, double range) => (_path, Range) = (path, range);

    public override string Source => "processor";

    public override double Range { get; }

    public override double? Joules() => Microjoules(_path) / 1e6;

    /// <summary>The counters of all packages under <paramref name="folder"/>; none if one of them cannot be read, for a part is no sum.</summary>
    public static IReadOnlyList<EnergyCounter> Find(string folder = Folder)
    {
        // intel-rapl:0 is a package (or the whole platform, which would count twice), intel-rapl:0:1 a part of one.
        string[] packages = !Directory.Exists(folder) ? []
            : [.. Directory.EnumerateDirectories(folder, "intel-rapl:*").Where(IsPackage).Order(StringComparer.Ordinal)];
        var counters = new List<EnergyCounter>();
        foreach (string package in packages)
        {
            string energy = Path.Combine(package, "energy_uj");
            if (Microjoules(energy) is null || Microjoules(Path.Combine(package, "max_energy_range_uj")) is not { } range)
                return [];
            counters.Add(new RaplCounter(energy, range / 1e6));
        }

        return counters;
    }

    private static bool IsPackage(string folder) =>
        Path.GetFileName(folder).Count(':'.Equals) == 1 && Text(Path.Combine(folder, "name"))?.StartsWith("package", StringComparison.Ordinal) == true;

    private static double? Microjoules(string path) =>
        double.TryParse(Text(path), NumberStyles.None, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
