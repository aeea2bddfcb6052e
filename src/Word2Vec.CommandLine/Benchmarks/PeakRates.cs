using System.Globalization;
using Word2Vec.Training;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>What devices could reach at most, as the person at the keyboard says: nothing here is guessed.</summary>
/// <param name="BytesPerSecond">By device; a device may be missing.</param>
/// <param name="OperationsPerSecond">By device; a device may be missing.</param>
internal sealed record PeakRates(IReadOnlyDictionary<string, double> BytesPerSecond, IReadOnlyDictionary<string, double> OperationsPerSecond)
{
    /// <summary>
    /// Reads <c>cpu=20,cuda=4300</c>, in 10⁹ a second, as the peaks of <paramref name="devices"/>; a number by itself is that of the only device.
    /// </summary>
    /// <exception cref="Word2VecException">A part is no positive number, or of no device that is measured.</exception>
    public static IReadOnlyDictionary<string, double> Parse(string option, string? list, IReadOnlyList<TrainingDevice> devices)
    {
        var peaks = new Dictionary<string, double>();
        foreach (string part in list?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            string[] sides = part.Split('=', 2, StringSplitOptions.TrimEntries);
            TrainingDevice? device = sides.Length == 2 ? devices.FirstOrDefault(found => Matches(found, sides[0])) : devices.Count == 1 ? devices[0] : null;
            bool positive = double.TryParse(sides[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value);
            if (device is null || !positive)
                throw new Word2VecException(ErrorKind.Usage,
                    $"The option {option} has '{part}'; it must be DEVICE=NUMBER, the number in 10^9 a second and the device among "
                    + $"{string.Join(", ", devices.Select(found => found.Id))}{(devices.Count == 1 ? ", or the number alone" : "")}.");
            peaks[device.Id] = value * 1e9;
        }

        return peaks;
    }

    /// <summary>
    /// The share of what the roofline (Williams et al. 2009) allows at the updates' operations a byte: the larger of the shares of the two peaks,
    /// as far as they are known; null where neither is.
    /// </summary>
    public double? ShareOfRoofline(BenchmarkRow row)
    {
        double? bandwidth = Share(BytesPerSecond, row.BytesPerSecond), arithmetic = Share(OperationsPerSecond, row.OperationsPerSecond);
        return bandwidth is null ? arithmetic : arithmetic is null ? bandwidth : Math.Max(bandwidth.Value, arithmetic.Value);

        double? Share(IReadOnlyDictionary<string, double> peaks, double? reached) =>
            peaks.TryGetValue(row.Device.Id, out double peak) ? reached / peak : null;
    }

    private static bool Matches(TrainingDevice device, string name) => device.Id == name || device.Id.Split(':')[0] == name;
}
