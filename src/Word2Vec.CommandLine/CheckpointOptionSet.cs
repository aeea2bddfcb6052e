using System.CommandLine;
using System.Globalization;
using Word2Vec.Training;

namespace Word2Vec.CommandLine;

/// <summary>The options that say when a training is kept on the disk, and whether it goes on from there.</summary>
internal sealed class CheckpointOptionSet
{
    private const string Never = "never", Standard = "5min";

    private static readonly Checkpoints Off = new("");

    private static readonly (string Unit, double Seconds)[] Times = [("s", 1), ("min", 60), ("h", 3600)];

    private readonly Option<string?> _every = CommandOptions.Text(
        "--checkpoint-every", $"Keep the training beside the output every 30s, 5min, 2h or 1000000words; {Never}: not at all [default: {Standard}]", "T");
    private readonly Option<bool> _resume =
        CommandOptions.Switch("--resume", "Go on from the newest checkpoint of the same training; from the beginning where there is none");

    public void AddTo(Command command)
    {
        command.Add(_every);
        command.Add(_resume);
    }

    /// <summary>The checkpoints of <paramref name="output"/>; null: none are written or read.</summary>
    public Checkpoints? Read(ParseResult parsed, string output)
    {
        bool resume = parsed.GetValue(_resume);
        string? every = parsed.GetValue(_every);
        Checkpoints parts = Parse(every ?? Standard);
        if (output == VectorOutput.StandardOutput && (resume || (every is not null && every != Never)))
            throw new Word2VecException(
                ErrorKind.Usage, "--checkpoint-every and --resume need a file to keep checkpoints beside; give --output one, not -.");
        if (ReferenceEquals(parts, Off) && resume)
            throw new Word2VecException(ErrorKind.Usage, $"--resume and --checkpoint-every {Never} exclude each other; leave one of them out.");
        return output == VectorOutput.StandardOutput || ReferenceEquals(parts, Off) ? null : parts with { Path = output, Resume = resume };
    }

    private static Checkpoints Parse(string text)
    {
        if (text == Never)
            return Off;
        int digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        string unit = text[digits..].Trim();
        if (double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number > 0)
        {
            if (unit is "words" or "word" && number is >= 1 and < 1e18)
                return new Checkpoints("") { EveryWords = (long)number };
            double seconds = number * Times.FirstOrDefault(time => time.Unit == unit).Seconds;
            if (seconds is > 0 and <= 365 * 86400.0)
                return new Checkpoints("") { EveryTime = TimeSpan.FromSeconds(seconds) };
        }

        throw new Word2VecException(
            ErrorKind.Usage, $"The option --checkpoint-every is '{text}'; it must be a time or an amount, such as 30s, 5min, 2h or 1000000words, or {Never}.");
    }
}
