namespace Word2Vec.CommandLine.Tests;

public class HelpTests
{
    public static TheoryData<string> Commands { get; } =
    [
        "train", "most-similar", "analogy", "similarity", "doesnt-match", "evaluate", "convert", "vocab", "devices", "benchmark", "demo",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_of_every_command_has_an_example_that_parses(string command)
    {
        using var tool = new Tool();
        Run run = tool.Run(command, "--help");
        Assert.Equal((0, ""), (run.Code, run.Error));
        string[] examples =
        [
            .. run.OutLines.SkipWhile(line => line != "Examples:").Skip(1)
                .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(examples);
        var root = App.BuildRoot(new Host(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null }));
        foreach (string example in examples)
        {
            string line = example[example.IndexOf("word2vec ", StringComparison.Ordinal)..].Split(" > ")[0];
            Assert.Empty(root.Parse(line.Split(' ')[1..]).Errors);
            Assert.Contains($"word2vec {command}", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Help_of_the_tool_lists_commands_and_exit_codes()
    {
        using var tool = new Tool();
        Run run = tool.Run("--help");
        Assert.Equal((0, ""), (run.Code, run.Error));
        foreach (var command in App.BuildRoot(new Host(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null })).Subcommands)
            Assert.Matches($"\n  {command.Name} ", run.Out);
        Assert.All(Enum.GetValues<ErrorKind>(), kind => Assert.Matches($"\n    {(int)kind}  ", run.Out));
        Assert.Contains("\n  130  ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_is_one_line()
    {
        using var tool = new Tool();
        Assert.Matches("^word2vec [0-9]+\\.[0-9]+\\.[0-9]+\n$", tool.Run("--version").Out);
    }

    [Theory]
    [InlineData("train", "--size", "100")]
    [InlineData("train", "--window", "5")]
    [InlineData("train", "--negatives", "5")]
    [InlineData("train", "--subsampling", "0.001")]
    [InlineData("train", "--min-count", "5")]
    [InlineData("train", "--epochs", "5")]
    [InlineData("train", "--learning-rate", "0.025")]
    [InlineData("train", "--threads", "0")]
    [InlineData("train", "--seed", "1")]
    [InlineData("evaluate", "--restrict", "30000")]
    public void Help_shows_the_default(string command, string option, string value)
    {
        using var tool = new Tool();
        string help = string.Join(' ', tool.Run(command, "--help").Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches($"{option} <[A-Z]> [^\\[]*\\[default: {value}\\]", help);
    }
}
