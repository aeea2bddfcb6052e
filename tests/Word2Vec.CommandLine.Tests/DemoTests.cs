namespace Word2Vec.CommandLine.Tests;

public class DemoTests
{
    [Fact]
    public void Demo_finds_the_corpus_above_trains_and_shows_neighbours_an_analogy_and_marks()
    {
        using var tool = new Tool();
        tool.WriteCorpus("corpora/small-world.txt");
        tool.Write("corpora/small-world-questions.txt", ": colors\nred nowhere dog cat\nred green dog cat\n");
        tool.Write("corpora/small-world-pairs.tsv", "red green 9\nred dog 1\nred two 2\n");
        using var inner = new Tool { CorpusRoots = [Directory.CreateDirectory(tool.PathOf("bin/deep")).FullName] };
        string output = inner.PathOf("demo.bin");
        Run run = inner.Run("demo", "-o", output, "--size", "8", "--quiet");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith("cat is like ", run.Out, StringComparison.Ordinal);
        Assert.Contains("\nred is to green as dog is to ", run.Out, StringComparison.Ordinal);
        Assert.Matches("\ncolors +[01] +1 +2 ", run.Out);
        Assert.Matches("\nsmall-world-pairs.tsv +-?[01].[0-9]{3} +3 +3", run.Out);
        Assert.True(File.Exists(output));
    }

    [Fact]
    public void Demo_says_how_many_words_lie_beside_their_own_family()
    {
        using var tool = new Tool();
        string corpus = tool.WriteCorpus("things.txt");
        tool.Write(
            "things-families.tsv", "red\tcolor\ngreen\tcolor\nblue\tcolor\ndog\tanimal\ncat\tanimal\nelephant\tanimal\nthree\todd\n");
        Run run = tool.Run("demo", "--corpus", corpus, "-o", tool.PathOf("v.bin"), "--size", "8", "--epochs", "40", "--quiet");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Matches(
            "\n[0-5] of 6 words have one of their own family as their nearest neighbour \\([0-9.]+ %\\)$", run.Out.TrimEnd('\n'));
    }

    [Fact]
    public void Demo_names_the_next_command_last()
    {
        using var tool = new Tool();
        Run run = tool.Run("demo", "--corpus", tool.WriteCorpus("mine.txt"), "-o", tool.PathOf("mine.bin"), "--size", "8");
        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.StartsWith("written     ", lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("next        word2vec most-similar ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Demo_takes_any_file()
    {
        using var tool = new Tool();
        Run run = tool.Run("demo", "--corpus", tool.WriteCorpus("mine.txt"), "-o", tool.PathOf("mine.bin"), "--size", "8", "--quiet");
        Assert.Equal((0, 3), (run.Code, run.OutLines.Length));
    }
}
