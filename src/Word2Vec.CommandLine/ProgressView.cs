using System.Diagnostics;
using System.Globalization;
using Word2Vec.Analysis;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>
/// One live line on standard error while text is read and vectors are trained. It needs a carriage return and spaces, no escape codes;
/// where standard error is not a terminal there is none.
/// </summary>
internal sealed class ProgressView(Terminal terminal, bool quiet) : IProgress<EncodingProgress>, IProgress<TrainingProgress>,
    IProgress<MapProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly bool _shown = terminal.ErrorIsTerminal && !quiet;
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private TimeSpan _lastWrite = TimeSpan.MinValue;
    private int _columns;

    /// <summary>How many epochs the training has, for "epoch 2/5".</summary>
    public int Epochs { get; set; } = 1;

    /// <summary>True once some of the training was done.</summary>
    public bool TrainingHasBegun { get; private set; }

    public void Report(EncodingProgress value) => Show(() => Describe(value, _sinceStart.Elapsed));

    public void Report(TrainingProgress value)
    {
        TrainingHasBegun |= value.Fraction > 0;
        Show(() => Describe(value, Epochs));
    }

    /// <summary>Shows what is being done.</summary>
    public void Report(string what) => Show(() => what);

    public void Report(MapProgress value) => Show(() => Describe(value));

    /// <summary>Wipes the line, so that something else can be written.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_columns > 0)
                terminal.Error.Write("\r" + new string(' ', _columns) + "\r");
            _columns = 0;
        }
    }

    internal static string Describe(EncodingProgress value, TimeSpan elapsed)
    {
        double perSecond = value.BytesRead / 1e6 / Math.Max(1e-3, elapsed.TotalSeconds);
        string share = value.BytesTotal > 0 ? Invariant($"{100.0 * value.BytesRead / value.BytesTotal,5:F1} %  ") : "";
        return Invariant($"reading  {share}{value.Tokens / 1e6:F1} M words  {perSecond:F0} MB/s");
    }

    internal static string Describe(MapProgress value) =>
        Invariant($"{value.Stage,-9} {100.0 * value.Done / value.Total,5:F1} %  {value.Done:N0}/{value.Total:N0}")
        + (double.IsNaN(value.Loss) ? "" : Invariant($"  loss {value.Loss:F3}"));

    // What matters most comes first: a narrow terminal shows only the beginning.
    internal static string Describe(TrainingProgress value, int epochs) => Invariant(
        $"training {100 * value.Fraction,5:F1} %  {Clock(value.Remaining)} left  epoch {Math.Min(value.Epoch + 1, epochs)}/{epochs}  ")
        + Invariant($"{value.WordsPerSecond / 1e6:F2} M words/s  loss {value.Loss:F3}  rate {value.LearningRate:F5}");

    private static string Clock(TimeSpan time) =>
        time.TotalHours >= 1 ? Invariant($"{(long)time.TotalHours}:{time:mm\\:ss}") : Invariant($"{time:m\\:ss}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Show(Func<string> describe)
    {
        if (!_shown)
            return;
        lock (_lock)
        {
            if (_lastWrite != TimeSpan.MinValue && _sinceStart.Elapsed - _lastWrite < Pause)
                return;
            _lastWrite = _sinceStart.Elapsed;
            string line = describe();
            line = line[..Math.Min(line.Length, terminal.Width - 1)];
            terminal.Error.Write("\r" + line.PadRight(_columns));
            _columns = line.Length;
        }
    }
}
