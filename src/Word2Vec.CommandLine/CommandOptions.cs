using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Word2Vec.CommandLine;

/// <summary>Makes options whose errors name the option, what was found and what was expected.</summary>
internal static class CommandOptions
{
    /// <summary>An option with a number; the default is shown in the help.</summary>
    public static Option<T> Number<T>(string name, string description, T standard, string helpName = "N")
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => standard,
            CustomParser = result => ParseNumber<T>(name, result),
        };

    /// <summary>The same where the default is <paramref name="other"/> if <paramref name="decides"/> is given, which the help says; null: a command without that option.</summary>
    public static Option<T> Number<T>(string name, string description, T standard, Option<string?>? decides, T other, string helpName = "N")
        where T : struct, INumber<T>
    {
        if (decides is null)
            return Number(name, description, standard, helpName);
        Option<T> option = Number(name, string.Create(CultureInfo.InvariantCulture, $"{description}; with {decides.Name} {other}"), standard, helpName);
        option.DefaultValueFactory = parsed => parsed.GetResult(decides) is null ? standard : other;
        return option;
    }

    /// <summary>An option that takes one of a few words.</summary>
    public static Option<string?> Choice(string name, string description, params string[] choices) =>
        new ChoiceOption(name, description, choices, null);

    /// <summary>The same where the first of the words is the default.</summary>
    public static Option<string?> ChoiceWithDefault(string name, string description, params string[] choices) =>
        new ChoiceOption(name, description, choices, choices[0]);

    /// <summary>An option with a path or a name.</summary>
    public static Option<string?> Text(string name, string description, string helpName, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = helpName };

    /// <summary>An option with one or more paths or words.</summary>
    public static Option<string[]> List(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    /// <summary>An option with one or more paths that cannot be left out.</summary>
    public static Option<string[]> RequiredList(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, AllowMultipleArgumentsPerToken = true, Required = true };

    /// <summary>A switch.</summary>
    public static Option<bool> Switch(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>Silence: a command that writes notes writes them unless this is given.</summary>
    public static Option<bool> Quiet() => Switch("--quiet", "Write nothing but results, warnings and errors");

    public static Option<bool> Json() => Switch("--json", "Write JSON instead of a table");

    /// <summary>Makes <paramref name="command"/> refuse <paramref name="json"/> where its <paramref name="output"/>, an option or an argument, goes to standard output too.</summary>
    public static void KeepApart(Command command, Option<bool> json, Symbol output) => command.Validators.Add(result =>
    {
        SymbolResult? found = output is Option option ? result.GetResult(option) : result.GetResult((Argument)output);
        if (result.GetResult(json) is not null && found?.Tokens is [{ Value: VectorOutput.StandardOutput }])
            result.AddError($"--json and {(output is Option ? output.Name : "the output")} - would both write to standard output; give one of them");
    });

    public static Option<int> Restrict(int standard) =>
        Number("--restrict", "Look only among the N most frequent words; 0: all", standard);

    /// <summary>The argument that names a file of vectors.</summary>
    public static Argument<string> Vectors() => new("VECTORS") { Description = "A file of vectors, of any format that convert reads, or - for standard input" };

    /// <summary>The argument that names one file of vectors or several.</summary>
    public static Argument<string[]> SeveralVectors() => new("VECTORS")
    {
        Description = "Files of vectors, of any format that convert reads, or - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    private static T ParseNumber<T>(string name, ArgumentResult result)
        where T : struct, INumber<T>
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        bool whole = T.IsZero(T.CreateTruncating(0.5));
        if (T.TryParse(text, whole ? NumberStyles.AllowLeadingSign : NumberStyles.Float, CultureInfo.InvariantCulture, out T value)
            && T.IsFinite(value))
            return value;
        result.AddError($"The option {name} is '{text}'; it must be {(whole ? "a whole number in range" : "a number")}");
        return default;
    }
}
