using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Word2Vec.Training;

namespace Word2Vec.CommandLine;

/// <summary>Where the time of a training's process goes, from its start to the vectors on the disk: wall time of one step after the other.</summary>
internal sealed class StepTimes
{
    private readonly List<(string Name, TimeSpan Taken)> _steps = [];
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Begins with what is over: the runtime's start, and the command line.</summary>
    public StepTimes() => _steps.Add(("start", SinceStart()));

    /// <summary>Ends the step <paramref name="name"/>, which began where the one before it ended.</summary>
    public void End(string name) => _steps.Add((name, Lap()));

    /// <summary>Ends the training with its parts: up to the first epoch (rows, kernels, self-test, ids to the device), the epochs, and the rows' way home.</summary>
    public void EndTraining(TrainingSummary summary)
    {
        _steps.Add(("set-up", Lap() - summary.Elapsed - summary.ReadBack));
        _steps.Add(("training", summary.Elapsed));
        _steps.Add(("read-back", summary.ReadBack));
    }

    /// <summary>All steps in their order, in seconds.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("steps");
        foreach ((string name, TimeSpan taken) in _steps)
            writer.WriteNumber(name, Math.Round(taken.TotalSeconds, 3));
        writer.WriteEndObject();
    }

    /// <summary>Their sum, and those that take a twentieth of a second or more.</summary>
    public override string ToString()
    {
        IEnumerable<string> shown = _steps.Where(step => step.Taken.TotalSeconds >= 0.05).Select(step => $"{Seconds(step.Taken)} {step.Name}");
        return $"{Seconds(TimeSpan.FromTicks(_steps.Sum(step => step.Taken.Ticks)))} s: {string.Join(", ", shown)}";
    }

    // A system that does not say when a process began, or whose clock was set back, gives none.
    private static TimeSpan SinceStart()
    {
        try
        {
            using var process = Process.GetCurrentProcess();
            TimeSpan passed = DateTime.Now - process.StartTime;
            return passed > TimeSpan.Zero ? passed : TimeSpan.Zero;
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or Win32Exception or IOException)
        {
            return TimeSpan.Zero;
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);

    private TimeSpan Lap()
    {
        long before = _last;
        return Stopwatch.GetElapsedTime(before, _last = Stopwatch.GetTimestamp());
    }
}
