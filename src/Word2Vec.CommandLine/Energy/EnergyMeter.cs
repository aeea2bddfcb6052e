namespace Word2Vec.CommandLine.Energy;

/// <summary>Adds up what counters say between <see cref="Start"/> and <see cref="Stop"/>, as often as they are called.</summary>
/// <remarks>
/// A part of the machine is measured whole, with whatever else runs on it. Drivers bring their counters up to date every 1 to 100 ms, so a stretch
/// of well over a second is needed for a figure to mean something.
/// </remarks>
internal sealed class EnergyMeter : IDisposable
{
    // A processor's counter of 32 bits at 400 W starts again after less than three minutes.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private readonly IReadOnlyList<EnergyCounter> _counters;
    private readonly double?[] _last;
    private readonly double[] _sums;
    private readonly Lock _lock = new();
    private readonly Timer? _timer;
    private bool _running;

    public EnergyMeter(IReadOnlyList<EnergyCounter> counters)
    {
        _counters = counters;
        (_last, _sums) = (new double?[counters.Count], new double[counters.Count]);
        if (counters.Any(counter => double.IsFinite(counter.Range)))
            _timer = new Timer(_ => Read(), null, Pause, Pause);
    }

    /// <summary>Joules by source; a source with a counter that could not be read is left out.</summary>
    public IReadOnlyDictionary<string, double> Joules
    {
        get
        {
            lock (_lock)
            {
                return _counters.Zip(_sums, (counter, sum) => (counter.Source, Sum: sum)).GroupBy(pair => pair.Source)
                    .Where(group => group.All(pair => double.IsFinite(pair.Sum))).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Sum));
            }
        }
    }

    public void Start()
    {
        lock (_lock)
        {
            for (int i = 0; i < _last.Length; i++)
                _last[i] = _counters[i].Joules();
            _running = true;
        }
    }

    public void Stop()
    {
        Read();
        lock (_lock)
            _running = false;
    }

    public void Dispose() => _timer?.Dispose();

    private void Read()
    {
        lock (_lock)
        {
            for (int i = 0; _running && i < _last.Length; i++)
            {
                double? now = _counters[i].Joules();
                double passed = now - _last[i] ?? double.NaN;
                _sums[i] += passed < 0 ? passed + _counters[i].Range : passed;
                _last[i] = now;
            }
        }
    }
}
