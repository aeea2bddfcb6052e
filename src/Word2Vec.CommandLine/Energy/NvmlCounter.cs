using System.Globalization;

namespace Word2Vec.CommandLine.Energy;

/// <summary>An NVIDIA card's counter, in millijoules since the driver was loaded (Volta and later).</summary>
internal sealed class NvmlCounter : EnergyCounter
{
    private readonly Nvml _library;
    private readonly nint _card;

    private NvmlCounter(Nvml library, nint card) => (_library, _card) = (library, card);

    public override string Source => "card";

    public override double? Joules() => _library.Millijoules(_card) / 1e3;

    /// <summary>The counter of a device with an id like <c>cuda:0</c>; none where the driver has none.</summary>
    public static IReadOnlyList<EnergyCounter> Find(string deviceId)
    {
        string[] parts = deviceId.Split(':');
        if (parts is not ["cuda" or "cuda-tf32", string index] || !int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal)
            || Nvml.Instance is not { } library || library.Card(ordinal) is not { } card)
            return [];
        var counter = new NvmlCounter(library, card);
        return counter.Joules() is null ? [] : [counter];
    }
}
