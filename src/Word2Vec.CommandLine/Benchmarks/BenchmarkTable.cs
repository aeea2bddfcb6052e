using System.Globalization;
using System.Text;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>A table that is shown on the terminal and written as Markdown.</summary>
/// <param name="Titles">As those of <see cref="ResultTable"/>: '#' marks a column of numbers.</param>
internal sealed record BenchmarkTable(string Heading, string[] Titles, IReadOnlyList<string[]> Rows)
{
    private const string None = "-";

    /// <summary>Speed and quality of each device.</summary>
    public static BenchmarkTable Results(IReadOnlyList<BenchmarkRow> rows) => new(
        "Results",
        ["device", "#words/s", "#spread", $"#ratio to {rows[0].Device.Id}", "#loss", "#analogies", "#similarity", "#processor s", "device and driver"],
        [.. rows.Select(row => (string[])
        [
            row.Device.Id,
            Number(row.WordsPerSecond, "N0"),
            row.Rounds.Count == 1 ? None : Share((row.HighestWordsPerSecond - row.LowestWordsPerSecond) / row.WordsPerSecond),
            Ratio(row, rows[0]),
            Number(row.Loss, "F4"),
            Share(row.Analogies),
            Number(row.Spearman, "F3"),
            Number(row.ProcessorSeconds, "F1"),
            row.Device.Driver.Length > 0 ? $"{row.Backend}; {row.Device.Driver}" : row.Backend,
        ])]);

    /// <summary>What each device spent besides, and how near it came to its limits.</summary>
    public static BenchmarkTable Costs(IReadOnlyList<BenchmarkRow> rows, PeakRates peaks) => new(
        "Costs",
        ["device", "#first set-up s", "#set-up s", "#compile s", "#upload s", "#kernels s", "#read-back s", "#GB/s", "#GFLOP/s", "#of roofline", "#energy J"],
        [.. rows.Select(row => (string[])
        [
            row.Device.Id,
            Number(row.FirstSetUpSeconds, "F3"),
            Number(row.SetUpSeconds, "F3"),
            Number(row.CompileSeconds, "F3"),
            Number(row.UploadSeconds, "F3"),
            Number(row.KernelSeconds, "F3"),
            Number(row.ReadBackSeconds, "F3"),
            Number(row.BytesPerSecond / 1e9, "N1"),
            Number(row.OperationsPerSecond / 1e9, "N1"),
            Share(peaks.ShareOfRoofline(row)),
            row.Joules.Count == 0 ? None : $"{Number(row.Joules.Values.Sum(), "N0")} ({string.Join(" + ", row.Joules.Keys)})",
        ])]);

    /// <summary>The vectors after each epoch.</summary>
    public static BenchmarkTable Epochs(IReadOnlyList<BenchmarkRow> rows) => new(
        "Epochs",
        ["device", "#epoch", "#training s", "#loss", "#analogies", "#similarity"],
        [.. rows.SelectMany(row => row.Points, (row, point) => (string[])
        [
            row.Device.Id,
            Number(point.Epoch, "N0"),
            Number(point.Seconds, "F3"),
            Number(point.Loss, "F4"),
            Share(point.Analogies),
            Number(point.Spearman, "F3"),
        ])]);

    /// <summary>How much faster than <paramref name="first"/> a device was: two decimals, or two digits where it is far slower.</summary>
    public static string Ratio(BenchmarkRow row, BenchmarkRow first)
    {
        double ratio = row.RatioTo(first);
        return Number(ratio, ratio < 0.1 ? "G2" : "F2");
    }

    public void Write(Terminal terminal)
    {
        var table = new ResultTable(Titles);
        foreach (string[] row in Rows)
            table.Add(row);
        table.Write(terminal);
    }

    public void WriteMarkdown(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {Heading}\n\n| ").AppendJoin(" | ", Titles.Select(title => title.TrimStart('#'))).Append(" |\n|");
        foreach (string title in Titles)
            text.Append(title.StartsWith('#') ? "---:|" : "---|");
        foreach (string[] row in Rows)
            text.Append("\n| ").AppendJoin(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |");
        text.Append('\n');
    }

    private static string Number(double? value, string format) =>
        value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : None;

    private static string Share(double? value) => value is { } share && double.IsFinite(share) ? Number(100 * share, "F1") + " %" : None;
}
