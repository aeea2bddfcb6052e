using Word2Vec.CommandLine.Completion;

namespace Word2Vec.CommandLine.Tests;

public class CompletionTests
{
    [Theory]
    [InlineData("tr", "train")]
    [InlineData("de", "devices demo")]
    [InlineData("--v", "--version")]
    [InlineData("train --to", "--tokenizer")]
    [InlineData("train c.txt --subs", "--subsampling")]
    [InlineData("train --size 5 --si", "")]
    [InlineData("train c.txt --tokenizer ", "whitespace text")]
    [InlineData("train c.txt --tokenizer w", "whitespace")]
    [InlineData("train c.txt --tokenizer=t", "--tokenizer=text")]
    [InlineData("train c.txt --tokenizer = t", "text")]
    [InlineData("train c.txt --tokenizer =", "whitespace text")]
    [InlineData("train c.txt --device op", "opencl")]
    [InlineData("train c.txt --size ", "")]
    [InlineData("train ", ":files")]
    [InlineData("train a.txt b", ":files")]
    [InlineData("train --quiet a", ":files")]
    [InlineData("train c.txt -o ", ":files")]
    [InlineData("train c.txt --output=v", ":files")]
    [InlineData("train --config r", ":files")]
    [InlineData("train c.txt --cache ", ":folders")]
    [InlineData("train -- --t", ":files")]
    [InlineData("most-similar v", ":files")]
    [InlineData("most-similar v.bin ki", "")]
    [InlineData("most-similar --json v", ":files")]
    [InlineData("most-similar --count 3 v", ":files")]
    [InlineData("evaluate v.bin --analogies a.txt b", ":files")]
    [InlineData("similarity v.bin a b ", "")]
    [InlineData("completion ", "bash zsh fish powershell")]
    [InlineData("completion \"\"", "bash zsh fish powershell")]
    [InlineData("tain ", "")]
    public void A_line_is_completed_with_what_may_follow(string line, string expected)
    {
        using var tool = new Tool();
        Run run = tool.Run([Completions.Request, .. line.Split(' ')]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(expected, string.Join(' ', run.OutLines.Select(candidate => candidate.Split('\t')[0])));
    }

    [Fact]
    public void An_empty_line_is_completed_with_every_command_and_what_it_does()
    {
        using var tool = new Tool();
        string[] lines = tool.Run(Completions.Request, "").OutLines;
        Assert.Equal(HelpTests.Commands.Count, lines.Length);
        Assert.All(lines, line => Assert.Matches("^[a-z-]+\t[A-Z].*\\.$", line));
        Assert.Equal(lines, tool.Run(Completions.Request).OutLines);
    }

    [Fact]
    public void Every_option_of_every_command_is_offered()
    {
        var root = App.BuildRoot(new Host(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null }));
        foreach (var command in root.Subcommands)
        {
            IEnumerable<string> offered = Completions.Of(root, [command.Name, "-"]).Select(line => line.Split('\t')[0]);
            Assert.Equal(command.Options.Select(option => option.Name), offered);
        }
    }

    [Fact]
    public void Every_shell_has_a_script_that_ends_with_one_line_feed()
    {
        using var tool = new Tool();
        foreach (string shell in ShellScripts.Shells)
        {
            Run run = tool.Run("completion", shell);
            Assert.Equal((0, ""), (run.Code, run.Error));
            Assert.Matches("word2vec[^\r]*[^\n\r]\n$", run.Out);
        }
    }

    [ShellFact("bash")]
    public void Bash_completes_commands_options_values_and_files()
    {
        using var tool = new Tool();
        Prepare(tool);
        string script = tool.Write("try.sh", """
            eval "$(word2vec completion bash)"
            complete -p word2vec
            try() { COMP_WORDS=(word2vec "$@"); COMP_CWORD=$#; COMPREPLY=(); _word2vec; printf '<%s>' "${COMPREPLY[@]}"; echo; }
            try tr; try train --to; try train x --tokenizer = t; try train re; try train x -o 'my'; try train x --cache m; try train x --size ''
            """);
        Run run = Shell.Run("bash", [script], tool.PathOf("files"));
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            ["complete -F _word2vec word2vec", "<train>", "<--tokenizer>", "<text>", "<reviews.txt>", "<my file.txt><my folder>", "<my folder>", "<>"],
            run.OutLines);
    }

    [ShellFact("fish")]
    public void Fish_completes_commands_options_values_and_files()
    {
        using var tool = new Tool();
        Prepare(tool);
        string script = tool.Write("try.fish", """
            word2vec completion fish | source
            for line in tr "train --to" "train x --tokenizer=t" "train re" "train x -o my\ fi" "train x --output=rev" "train x --cache m"
                echo (complete -C "word2vec $line")
            end
            """);
        Run run = Shell.Run("fish", [script], tool.PathOf("files"));
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            ["train\tTrain vectors on text.", "--tokenizer\twhitespace: bytes between spaces, as they are; text: lower-case words without punctuation",
                "--tokenizer=text", "reviews.txt", "my file.txt", "--output=reviews.txt", "my folder/"],
            run.OutLines);
    }

    [ShellFact("zsh")]
    public void Zsh_completes_commands_options_values_and_files_as_they_are_typed()
    {
        using var tool = new Tool();
        Prepare(tool);
        string script = tool.Write("try.zsh", """
            zmodload zsh/zpty
            zpty -b typing zsh -f -i
            zpty -w typing 'autoload -Uz compinit; compinit -u -D; eval "$(word2vec completion zsh)"; bindkey "^I" complete-word
            keep() { print -r -- "$BUFFER" > ../kept; exit }; zle -N keep; bindkey "^X" keep'
            zpty -w -n typing $'word2vec tr\t rev\t --to\tt\t --device=cud\t -o my\\ fi\t --cache my\t\x18'
            for ((i = 0; i < 300; i++)); do
                [[ -s ../kept ]] && break
                zpty -r -t typing shown
                sleep 0.1
            done
            zpty -d typing
            cat ../kept
            """);
        Run run = Shell.Run("zsh", ["-f", script], tool.PathOf("files"));
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(@"word2vec train reviews.txt --tokenizer text --device=cuda -o my\ file.txt --cache my\ folder/", run.Out.TrimEnd('\n'));
    }

    private static void Prepare(Tool tool)
    {
        tool.Write("files/reviews.txt", "");
        tool.Write("files/my file.txt", "");
        Directory.CreateDirectory(tool.PathOf("files/my folder"));
    }
}

/// <summary>A test that needs a shell of this machine.</summary>
public sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute(string shell)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (OperatingSystem.IsWindows() || !folders.Any(folder => File.Exists(Path.Combine(folder, shell))))
            Skip = $"There is no {shell} on this machine.";
    }
}
