namespace Word2Vec.CommandLine.Tests;

public class HelpTests
{
    private static readonly string[] AllCommands =
    [
        "train", "most-similar", "analogy", "similarity", "doesnt-match", "evaluate", "drift", "walk", "sequences", "embed", "duplicates", "convert", "cluster", "classify",
        "reduce", "map", "phrases", "vocab", "devices", "benchmark", "demo", "completion",
    ];

    public static TheoryData<string> Commands { get; } = [.. AllCommands];

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
            string line = example[example.IndexOf("word2vec ", StringComparison.Ordinal)..].Split(" > ")[0].Split(" | ")[0].TrimEnd(')');
            if (!line.Contains("--config", StringComparison.Ordinal))
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
        Assert.Contains("\nExamples:\n  word2vec ", run.Out, StringComparison.Ordinal);
        var root = App.BuildRoot(new Host(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null }));
        Assert.Equal(AllCommands.Order(), root.Subcommands.Select(command => command.Name).Order());
        Assert.All(AllCommands, command => Assert.Matches($"\n  {command} ", run.Out));
        Assert.All(Enum.GetValues<ErrorKind>(), kind => Assert.Matches($"\n    {(int)kind}  ", run.Out));
        Assert.Contains("\n  130  ", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help train", "train --help")]
    [InlineData("train -h", "train --help")]
    public void Help_is_found_where_people_look_for_it(string asked, string meant)
    {
        using var tool = new Tool();
        Assert.Equal(tool.Run(meant.Split(' ')), tool.Run(asked.Split(' ')));
    }

    [Theory]
    [InlineData("train")]
    [InlineData("vocab")]
    [InlineData("benchmark")]
    [InlineData("demo")]
    [InlineData("devices")]
    public void Commands_that_write_notes_can_be_silenced(string command)
    {
        using var tool = new Tool();
        Assert.Contains("--quiet", tool.Run(command, "--help").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_lists_every_option_of_train()
    {
        string readme = File.ReadAllText(Path.Combine(ScriptTests.Root(), "README.md"));
        int start = readme.IndexOf("### Options of `train`", StringComparison.Ordinal);
        string table = readme[start..readme.IndexOf("\n## ", start, StringComparison.Ordinal)];
        var root = App.BuildRoot(new Host(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null }));
        foreach (var option in root.Subcommands.First(command => command.Name == "train").Options.Where(option => option.Name != "--output"))
            Assert.Contains($"`{option.Name}`", table, StringComparison.Ordinal);
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
