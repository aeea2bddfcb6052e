using System.Text;

namespace Word2Vec.CommandLine;

/// <summary>The three streams of the tool, and whether a person sits at their ends.</summary>
internal sealed class Terminal
{
    /// <summary>Where results go, and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where everything goes that is not a result: progress, hints, warnings, errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The bytes below <see cref="Out"/>, for results that are no text; a command uses one or the other.</summary>
    public Stream OutBytes { get; init; } = Stream.Null;

    public TextReader In { get; init; } = TextReader.Null;

    public bool InIsTerminal { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Colors on <see cref="Out"/>; see <see cref="WantsColors"/>.</summary>
    public bool Colors { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Reads one key from the keyboard; used only where <see cref="InIsTerminal"/>.</summary>
    public Func<ConsoleKeyInfo> ReadKey { get; init; } = ReadConsoleKey;

    /// <summary>Runs <paramref name="tool"/> on the process's own streams, without a byte order mark and with line feeds alone.</summary>
    public static int RunOnConsole(Func<Terminal, int> tool)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        bool outIsTerminal = !Console.IsOutputRedirected, errorIsTerminal = !Console.IsErrorRedirected;
        if (OperatingSystem.IsWindows() && (outIsTerminal || errorIsTerminal))
            Console.OutputEncoding = utf8;
        using var error = new StreamWriter(new ForgivingStream(Console.OpenStandardError()), utf8) { AutoFlush = true, NewLine = "\n" };
        Stream outBytes = Console.OpenStandardOutput();
        var output = new StreamWriter(outBytes, utf8, 1 << 15) { AutoFlush = outIsTerminal, NewLine = "\n" };
        return tool(new Terminal
        {
            Out = output,
            OutBytes = outBytes,
            Error = error,
            In = new StreamReader(Console.OpenStandardInput(), utf8),
            InIsTerminal = !Console.IsInputRedirected,
            OutIsTerminal = outIsTerminal,
            ErrorIsTerminal = errorIsTerminal,
            Colors = WantsColors(outIsTerminal, Environment.GetEnvironmentVariable),
            Width = outIsTerminal || errorIsTerminal ? WindowWidth() : 100,
        });
    }

    /// <summary>
    /// Colors are for people only, and only where they have not said NO_COLOR (no-color.org); FORCE_COLOR and CLICOLOR_FORCE ask for them in
    /// a pipe too. A variable that is empty counts as not set, and so does 0 where it asks for colors.
    /// </summary>
    public static bool WantsColors(bool isTerminal, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(environment("NO_COLOR")))
            return false;
        return Forces("FORCE_COLOR") || Forces("CLICOLOR_FORCE") || (isTerminal && environment("TERM") != "dumb");

        bool Forces(string name) => environment(name) is { Length: > 0 } value && value != "0";
    }

    // While a line is edited Ctrl-C is a key like any other; between the lines it is a signal.
    private static ConsoleKeyInfo ReadConsoleKey()
    {
        Console.TreatControlCAsInput = true;
        try
        {
            return Console.ReadKey(intercept: true);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private static int WindowWidth()
    {
        try
        {
            return Math.Clamp(Console.WindowWidth, 40, 200);
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
