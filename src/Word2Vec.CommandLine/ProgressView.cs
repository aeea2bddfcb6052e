using System.Diagnostics;
using System.Globalization;
using Word2Vec.CommandLine.Texts;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>
/// One live line on standard error while something takes long. It needs a carriage return and spaces, no escape codes; where standard error is
/// not a terminal there is none. Disposing it wipes the line, so that an error does not stand behind it.
/// </summary>
internal sealed class ProgressView(Terminal terminal, bool quiet) : IProgress<EncodingProgress>, IProgress<TrainingProgress>,
    IProgress<StageProgress>, IProgress<TextProgress>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly bool _shown = terminal.ErrorIsTerminal && !quiet;
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private TimeSpan _lastWrite = TimeSpan.MinValue;
    private int _columns;
    private StageProgress _stage;
    private TimeSpan _stageSeen;
    private long _stageDone;

    /// <summary>How many epochs the training has, for "epoch 2/5".</summary>
    public int Epochs { get; set; } = 1;

    /// <summary>What the parts of a stage are, for "start 2/3".</summary>
    public string PartName { get; init; } = "part";

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

    public void Report(StageProgress value) => Show(() => Describe(value, PartName, Remaining(value)));

    public void Report(TextProgress value)
    {
        // For every text, which may be a short line.
        if (_shown)
            Show(() => Describe(value));
    }

    /// <summary>Shows what begins, however short ago the last line was: nothing may follow for long.</summary>
    public void Begin(string what) => Show(() => what, atOnce: true);

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

    public void Dispose() => Clear();

    internal static string Describe(EncodingProgress value, TimeSpan elapsed)
    {
        double perSecond = value.BytesRead / 1e6 / Math.Max(1e-3, elapsed.TotalSeconds);
        string share = value.BytesTotal > 0 ? Invariant($"{100.0 * value.BytesRead / value.BytesTotal,5:F1} %  ") : "";
        return Invariant($"reading  {share}{value.Tokens / 1e6:F1} M words  {perSecond:F0} MB/s");
    }

    internal static string Describe(StageProgress value, string partName = "part", TimeSpan? remaining = null) => Invariant($"{value.Stage,-9} ")
        + (value.Total > 0 ? Invariant($"{100.0 * value.Done / value.Total,5:F1} %  ") : "")
        + (remaining is { } left ? $"{Clock(left)} left  " : "")
        + Invariant($"{value.Done:N0}") + (value.Total > 0 ? Invariant($"/{value.Total:N0}") : "")
        + (value.Parts > 1 ? Invariant($"  {partName} {value.Part}/{value.Parts}") : "")
        + (double.IsNaN(value.Loss) ? "" : Invariant($"  loss {value.Loss:F3}"));

    internal static string Describe(TextProgress value)
    {
        if (value.Texts == 0)
            return Invariant($"{value.Stage,-9} {value.BytesRead / 1e6:F1} MB");
        string share = value.Share > 0 ? Invariant($"{100 * value.Share,5:F1} %  {Clock(value.Elapsed * ((1 - value.Share) / value.Share))} left  ") : "";
        return Invariant($"{value.Stage,-9} {share}{value.Texts:N0} texts  {value.Texts / Math.Max(1e-3, value.Elapsed.TotalSeconds):N0} texts/s");
    }

    // What matters most comes first: a narrow terminal shows only the beginning.
    internal static string Describe(TrainingProgress value, int epochs) => Invariant(
        $"training {100 * value.Fraction,5:F1} %  {Clock(value.Remaining)} left  epoch {Math.Min(value.Epoch + 1, epochs)}/{epochs}  ")
        + Invariant($"{value.WordsPerSecond / 1e6:F2} M words/s  loss {value.Loss:F3}  rate {value.LearningRate:F5}");

    private static string Clock(TimeSpan time) =>
        time.TotalHours >= 1 ? Invariant($"{(long)time.TotalHours}:{time:mm\\:ss}") : Invariant($"{time:m\\:ss}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // From the first line of a stage on: what was before is not its speed. One that is behind the last is of the next stage of that name.
    private TimeSpan? Remaining(StageProgress value)
    {
        TimeSpan now = _sinceStart.Elapsed;
        if ((_stage.Stage, _stage.Part) != (value.Stage, value.Part) || value.Done < _stageDone)
            (_stage, _stageSeen) = (value, now);
        _stageDone = value.Done;
        long done = value.Done - _stage.Done;
        double seconds = (now - _stageSeen).TotalSeconds * (value.Total - value.Done) / done;
        return value.Total > 0 && done > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.SecondsPerDay * 999)) : null;
    }

    private void Show(Func<string> describe, bool atOnce = false)
    {
        if (!_shown)
            return;
        lock (_lock)
        {
            if (!atOnce && _lastWrite != TimeSpan.MinValue && _sinceStart.Elapsed - _lastWrite < Pause)
                return;
            _lastWrite = _sinceStart.Elapsed;
            string line = describe();
            line = line[..Math.Min(line.Length, terminal.Width - 1)];
            terminal.Error.Write("\r" + line.PadRight(_columns));
            _columns = line.Length;
        }
    }
}
