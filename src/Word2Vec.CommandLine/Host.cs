using Word2Vec.CommandLine.Energy;
using Word2Vec.Training;

namespace Word2Vec.CommandLine;

/// <summary>What a command finds around it: streams, signals, devices, folders. Tests bring their own.</summary>
internal sealed class Host(Terminal terminal, Interruption? interruption = null)
{
    public Terminal Terminal => terminal;

    public TextWriter Out => terminal.Out;

    public TextWriter Error => terminal.Error;

    /// <summary>
    /// The devices that training can choose among; made when first asked for, because looking for a graphics card takes time.
    /// </summary>
    public DeviceCatalog Devices { get; init; } = DeviceCatalog.Real;

    /// <summary>Where encoded corpora are kept unless <c>--cache</c> or <c>--no-cache</c> says otherwise.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder();

    /// <summary>Folders in which, or above which, <c>corpora/</c> is looked for.</summary>
    public IReadOnlyList<string> CorpusRoots { get; init; } = [AppContext.BaseDirectory, Directory.GetCurrentDirectory()];

    /// <summary>How much memory the process may have; asked before a training allocates its rows.</summary>
    public Func<AvailableMemory> Memory { get; init; } = AvailableMemory.OfThisProcess;

    /// <summary>The counters of energy of what works while a device trains.</summary>
    public Func<TrainingDevice, IReadOnlyList<EnergyCounter>> EnergyCounters { get; init; } = EnergyCounter.Of;

    /// <summary>How long a device trains before it is measured: the runtime compiles a busy method for good within a fraction of a second.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Set by a test that interrupts a command.</summary>
    public CancellationToken TestCancellation { get; init; }

    /// <summary>From here on the first signal asks the command to stop; before, a signal ends the process at once.</summary>
    public CancellationToken StopGracefully(string whatIsLeft)
    {
        WhatIsLeft = whatIsLeft;
        return interruption?.StopGracefully() ?? TestCancellation;
    }

    /// <summary>The command line as it was typed, for the records of what was measured.</summary>
    public string CommandLine { get; private set; } = "word2vec";

    /// <summary>Remembers the command line.</summary>
    public void SetArguments(IEnumerable<string> args) =>
        CommandLine =
            string.Join(' ', args.Select(arg => arg.Length == 0 || arg.Any(char.IsWhiteSpace) ? $"\"{arg}\"" : arg).Prepend("word2vec"));

    /// <summary>What an interrupted user should know about their files.</summary>
    public string WhatIsLeft { get; set; } = "nothing was written";

    /// <summary>What is said behind the error that ends a command, where not all was lost.</summary>
    public string? WayOn { get; set; }

    /// <summary>The exit code of an interrupted command: 130 for Ctrl-C, 143 for SIGTERM.</summary>
    public int InterruptedExitCode => interruption?.ExitCode ?? ExitCodes.Interrupted;

    private static string DefaultCacheFolder()
    {
        if (Environment.GetEnvironmentVariable("WORD2VEC_CACHE") is { Length: > 0 } chosen)
            return chosen;
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "word2vec", "cache");
        string? caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(caches))
            caches = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(caches, "word2vec");
    }
}
