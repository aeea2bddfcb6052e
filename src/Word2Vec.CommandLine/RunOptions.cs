using System.CommandLine;
using System.Text.Json;

namespace Word2Vec.CommandLine;

/// <summary>The options of a command line as JSON: what a run keeps beside its output and <c>--config</c> reads.</summary>
internal static class RunOptions
{
    // What names files of the run stands beside the options; what only says how to talk about it is not kept.
    private static readonly string[] NotKept = ["--output", "--corpus", "--config", "--quiet", "--json", "--help", "--resume"];

    /// <summary>The options of <paramref name="command"/> that are kept and read.</summary>
    public static IEnumerable<Option> Of(Command command) => command.Options.Where(option => !NotKept.Contains(option.Name));

    /// <summary>What <paramref name="option"/> is called in the file.</summary>
    public static string KeyOf(Option option) => option.Name.TrimStart('-');

    /// <summary>True where the command line has <paramref name="option"/>, not only its default.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Writes all options with their values: defaults too, because a later version may have others.</summary>
    /// <param name="size">What <c>--size</c> came to, which <c>--from</c> may decide; null: it is as the line says.</param>
    /// <param name="unused">Options that said nothing in this run and are left out; null: none.</param>
    public static void Write(Utf8JsonWriter writer, ParseResult parsed, int? size = null, IReadOnlyList<Option>? unused = null)
    {
        writer.WriteStartObject("options");
        foreach (Option option in Of(parsed.CommandResult.Command).Except(unused ?? []))
        {
            if (size is { } found && option.Name == "--size")
                writer.WriteNumber(KeyOf(option), found);
            else
                Write(writer, parsed, option);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ParseResult parsed, Option option)
    {
        string key = KeyOf(option);
        switch (option)
        {
            case Option<int> number:
                writer.WriteNumber(key, parsed.GetValue(number));
                break;
            case Option<double> number:
                writer.WriteNumber(key, parsed.GetValue(number));
                break;
            case Option<ulong> number:
                writer.WriteNumber(key, parsed.GetValue(number));
                break;
            case Option<string?> text when parsed.GetValue(text) is { } value:
                writer.WriteString(key, value);
                break;
            case Option<bool> flag when parsed.GetValue(flag):
                writer.WriteBoolean(key, true);
                break;
        }
    }
}
