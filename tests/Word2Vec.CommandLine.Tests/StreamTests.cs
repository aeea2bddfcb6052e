using System.Text;
using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

/// <summary>Standard input and output with -, and results as JSON.</summary>
public class StreamTests
{
    private static readonly string[] Small = ["--size", "4", "--epochs", "1", "--threads", "1", "--device", "cpu"];

    [Theory]
    [InlineData("text")]
    [InlineData("binary")]
    public void Vectors_on_standard_output_are_the_bytes_of_the_file(string format)
    {
        using var tool = new Tool();
        string corpus = tool.WriteCorpus(), file = tool.PathOf("v.bin");
        Assert.Equal(0, tool.Run(["train", corpus, "-o", file, "--format", format, .. Small]).Code);
        string[] before = Directory.GetFiles(tool.PathOf("."));
        Run run = tool.Run(["train", corpus, "-o", "-", "--format", format, .. Small]);
        Assert.Equal((0, ""), (run.Code, run.Out));
        Assert.Equal(File.ReadAllBytes(file), tool.Bytes);
        Assert.EndsWith("written     to standard output\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(tool.PathOf(".")));
    }

    [Fact]
    public void Binary_vectors_are_not_thrown_at_a_terminal()
    {
        using var tool = new Tool { OutIsTerminal = true };
        Run run = tool.Run(["train", tool.WriteCorpus(), "-o", "-", .. Small]);
        Assert.Equal(2, run.Code);
        Assert.Contains("--format text", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run(["train", tool.WriteCorpus(), "-o", "-", "--format", "text", .. Small]).Code);
        Assert.StartsWith("16 4\n", Encoding.UTF8.GetString(tool.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_goes_in_and_vectors_and_words_come_out_of_a_pipe()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        string script = tool.Write("s.sh", """
            set -o pipefail
            cat corpus.txt | word2vec train - -o - --size 300 --epochs 1 --format text --quiet | head -n 1; echo "${PIPESTATUS[@]}"
            gzip -c corpus.txt | word2vec train - -o - --size 4 --epochs 1 --quiet > v.bin && word2vec similarity v.bin red red
            cat corpus.txt | word2vec vocab - -o - --quiet | sort | head -n 2; echo "${PIPESTATUS[@]}"
            printf 'red green dog\n' | word2vec analogy v.bin --file - --count 1 | cut -f 1
            printf 'red green 3\nred dog 1\nred cat 2\n' | word2vec evaluate v.bin --similarity - --json | grep asked
            """);
        tool.WriteCorpus();
        Run run = Shell.Run("bash", [script], tool.PathOf("."));
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            ["16 300", "0 0 0", "1.0000", "blue 98", "cat 106", "0 0 0 0", "red green dog", "      \"asked\": 3,"], run.OutLines);
    }

    [Fact]
    public void Json_of_a_training_is_its_record()
    {
        using var tool = new Tool();
        string output = tool.PathOf("v.bin");
        Run run = tool.Run(["train", tool.WriteCorpus(), "-o", output, "--json", "--quiet", .. Small]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(File.ReadAllText(output + ".json"), run.Out);
    }

    [Fact]
    public void Json_of_a_vocabulary_and_of_a_demo_says_what_was_counted_and_found()
    {
        using var tool = new Tool();
        string corpus = tool.WriteCorpus("things.txt");
        tool.Write("things-questions.txt", ": colors\nred green dog cat\n");
        tool.Write("things-families.tsv", "red\tcolor\ngreen\tcolor\ndog\tanimal\n");
        using var counted = JsonDocument.Parse(tool.Run("vocab", corpus, "-o", tool.PathOf("w.txt"), "--json", "--quiet").Out);
        Assert.Equal((16, 1600, 16), (counted.RootElement.GetProperty("words").GetInt32(),
            counted.RootElement.GetProperty("text-tokens").GetInt32(), counted.RootElement.GetProperty("different-words").GetInt32()));
        Run run = tool.Run(["demo", "--corpus", corpus, "-o", tool.PathOf("v.bin"), "--json", "--quiet", .. Small]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        using var demo = JsonDocument.Parse(run.Out);
        JsonElement root = demo.RootElement;
        Assert.Equal(4, root.GetProperty("record").GetProperty("options").GetProperty("size").GetInt32());
        Assert.Equal(5, root.GetProperty("most-similar")[0].GetProperty("neighbors").GetArrayLength());
        Assert.Equal(["red", "green", "dog"], root.GetProperty("analogies-shown")[0].GetProperty("analogy").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(3, root.GetProperty("families").GetProperty("words").GetInt32());
        Assert.Equal(1, root.GetProperty("analogies")[0].GetProperty("total").GetProperty("asked").GetInt32());
    }

    [Theory]
    [InlineData(true, "", true)]
    [InlineData(false, "", false)]
    [InlineData(true, "NO_COLOR=1", false)]
    [InlineData(true, "NO_COLOR=", true)]
    [InlineData(true, "TERM=dumb", false)]
    [InlineData(false, "FORCE_COLOR=1", true)]
    [InlineData(false, "FORCE_COLOR=0", false)]
    [InlineData(false, "CLICOLOR_FORCE=1", true)]
    [InlineData(true, "NO_COLOR=1 FORCE_COLOR=1", false)]
    public void Colors_are_for_terminals_and_for_who_asks_for_them(bool isTerminal, string environment, bool expected)
    {
        Dictionary<string, string> variables =
            environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(expected, Terminal.WantsColors(isTerminal, name => variables.GetValueOrDefault(name)));
    }

    [Fact]
    public void A_table_in_a_pipe_has_colors_only_when_they_are_asked_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        string vectors = tool.WriteVectors();
        const string Line = "word2vec most-similar \"$1\" king --count 1";
        Assert.DoesNotContain("\u001b", Shell.Run("sh", ["-c", Line, "sh", vectors]).Out, StringComparison.Ordinal);
        Assert.Contains("\u001b[1m", Shell.Run("sh", ["-c", "FORCE_COLOR=1 " + Line, "sh", vectors]).Out, StringComparison.Ordinal);
    }
}
