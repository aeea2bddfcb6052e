using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

public class QueryTests
{
    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string[] Words(JsonElement answer) =>
        [.. answer.GetProperty("neighbors").EnumerateArray().Select(n => n.GetProperty("word").GetString()!)];

    [Theory]
    [InlineData("king - man + woman")]
    [InlineData("+king -man +woman")]
    [InlineData("king woman -man")]
    [InlineData("- man + king + woman")]
    [InlineData("--positive king woman --negative man")]
    [InlineData("king --positive woman --negative man")]
    public void King_without_man_and_with_woman_is_queen(string expression)
    {
        using var tool = new Tool();
        Run run = tool.Run(["most-similar", tool.WriteVectors(), .. expression.Split(' '), "--count", "1"]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(2, run.OutLines.Length);
        Assert.Matches("^word +similarity$", run.OutLines[0]);
        Assert.Matches("^queen +[01].[0-9]{4}$", run.OutLines[1]);
    }

    [Fact]
    public void Neighbours_as_json_are_one_line_and_leave_the_question_out()
    {
        using var tool = new Tool();
        JsonElement answer =
            Parse(Assert.Single(tool.Run("most-similar", tool.WriteVectors(), "king", "-", "man", "--json", "--count", "3").OutLines));
        Assert.Equal("""["king"]["man"]""", answer.GetProperty("positive").GetRawText() + answer.GetProperty("negative").GetRawText());
        Assert.Equal(3, Words(answer).Length);
        Assert.DoesNotContain("king", Words(answer));
        Assert.True(answer.GetProperty("neighbors")[0].GetProperty("similarity").GetSingle() <= 1);
    }

    [Fact]
    public void Restrict_looks_only_among_the_first_words()
    {
        using var tool = new Tool();
        JsonElement answer = Parse(tool.Run("most-similar", tool.WriteVectors(), "apple", "--json", "--restrict", "4").Out);
        Assert.Equal(["king", "man", "queen", "woman"], Words(answer).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_list_is_answered_line_by_line_and_unknown_words_do_not_stop_it(bool fromFile)
    {
        const string List = "pear\n\nkong\nking - man + woman\n";
        using var tool = new Tool { Input = List };
        string[] source = fromFile ? ["--file", tool.Write("list.txt", List)] : [];
        Run run = tool.Run(["most-similar", tool.WriteVectors(), "--count", "1", .. source]);
        Assert.Equal(8, run.Code);
        Assert.Matches("^pear\tplum\t[0-9.]+\nking - man \\+ woman\tqueen\t[0-9.]+$", run.Out.TrimEnd('\n'));
        Assert.Contains("'kong'", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_as_json_has_one_object_a_line()
    {
        using var tool = new Tool { Input = "pear\nkong\n" };
        Run run = tool.Run("most-similar", tool.WriteVectors(), "--count", "1", "--file", "-", "--json");
        Assert.Equal(2, run.OutLines.Length);
        Assert.Equal("pear", Parse(run.OutLines[0]).GetProperty("query").GetString());
        Assert.Equal(["plum"], Words(Parse(run.OutLines[0])));
        Assert.Contains("kong", Parse(run.OutLines[1]).GetProperty("error").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public void Analogy_takes_the_words_in_reading_order()
    {
        using var tool = new Tool();
        string vectors = tool.WriteVectors();
        Assert.StartsWith(
            "queen", tool.Run("analogy", vectors, "man", "king", "woman", "--count", "1").OutLines[1], StringComparison.Ordinal);
        JsonElement answer = Parse(tool.Run("analogy", vectors, "man", "king", "woman", "--json").Out);
        Assert.Equal("""["man","king","woman"]""", answer.GetProperty("analogy").GetRawText());
        Assert.Equal("queen", Words(answer)[0]);
        Assert.Equal(5, Words(answer).Length);
    }

    [Fact]
    public void Similarity_is_one_number()
    {
        using var tool = new Tool();
        string vectors = tool.WriteVectors();
        Assert.Equal("0.7071\n", tool.Run("similarity", vectors, "king", "man").Out);
        JsonElement answer = Parse(tool.Run("similarity", vectors, "king", "man", "--json").Out);
        Assert.Equal("""["king","man"]""", answer.GetProperty("words").GetRawText());
        Assert.Equal(0.70710677f, answer.GetProperty("similarity").GetSingle(), 1e-6f);
    }

    [Fact]
    public void Doesnt_match_is_one_word()
    {
        using var tool = new Tool();
        string vectors = tool.WriteVectors();
        Assert.Equal("king\n", tool.Run("doesnt-match", vectors, "apple", "king", "pear", "plum").Out);
        Assert.Equal(
            "king", Parse(tool.Run("doesnt-match", vectors, "apple", "king", "pear", "--json").Out).GetProperty("odd").GetString());
    }

    [Fact]
    public void Evaluate_counts_what_was_asked_and_what_was_right()
    {
        using var tool = new Tool();
        string questions = tool.Write(
            "q.txt", ": family\nman king woman queen\nman king woman boy\n: gram1-x\nking man queen woman\nman king woman apple\n");
        string pairs = tool.Write("p.tsv", "king\tprince\t9\nking\tqueen\t5\nking\tapple\t1\nking\tboy\t3\n");
        Run run = tool.Run("evaluate", tool.WriteVectors(), "--analogies", questions, "--similarity", pairs, "--restrict", "0");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Matches("family +1 +1 +2 +100.0 %", run.Out);
        Assert.Matches("gram1-x +1 +2 +2 +50.0 %", run.Out);
        Assert.Matches("semantic +1 +1 +2 +100.0 %\nsyntactic +1 +2 +2 +50.0 %\ntotal +2 +3 +4 +66.7 %", run.Out);
        Assert.Matches("p.tsv +1.000 +3 +4", run.Out);
        JsonElement root = Parse(tool.Run("evaluate", tool.WriteVectors(), "--analogies", questions, "--similarity", pairs, "--json").Out);
        Assert.Equal(3, root.GetProperty("analogies")[0].GetProperty("total").GetProperty("asked").GetInt32());
        Assert.Equal("family", root.GetProperty("analogies")[0].GetProperty("sections")[0].GetProperty("name").GetString());
        Assert.Equal(1.0, root.GetProperty("similarity")[0].GetProperty("spearman").GetDouble());
        Assert.Equal(
            (8, 3, 30000),
            (root.GetProperty("words").GetInt32(), root.GetProperty("size").GetInt32(), root.GetProperty("restrict").GetInt32()));
    }

    [Fact]
    public void Convert_goes_to_binary_and_back_without_a_change()
    {
        using var tool = new Tool();
        string text = tool.WriteVectors(), binary = tool.PathOf("v.bin"), again = tool.PathOf("again.vec");
        Assert.Equal(0, tool.Run("convert", text, binary).Code);
        Assert.Equal(0, tool.Run("convert", binary, again).Code);
        Assert.Equal(File.ReadAllText(text).TrimEnd(), File.ReadAllText(again).TrimEnd());
        Assert.NotEqual(new FileInfo(text).Length, new FileInfo(binary).Length);
    }

    [Theory]
    [InlineData("float16", "float16: vectors change by ")]
    [InlineData("int8", "int8: vectors change by ")]
    public void Convert_says_what_fewer_bits_cost(string precision, string expected)
    {
        using var tool = new Tool();
        Run run = tool.Run("convert", tool.WriteVectors(), tool.PathOf("v.w2v"), "--precision", precision);
        Assert.Equal(0, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("of the ten nearest of 8 words stay", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_checks_all_of_a_file()
    {
        using var tool = new Tool();
        string file = tool.PathOf("v.w2v");
        Assert.Equal(0, tool.Run("convert", tool.WriteVectors(), file).Code);
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^100] ^= 1;
        File.WriteAllBytes(file, bytes);
        Run run = tool.Run("convert", file, tool.PathOf("v.bin"));
        Assert.Equal(4, run.Code);
        Assert.Contains("whose checksum does not fit", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_cannot_steer_the_terminal()
    {
        using var tool = new Tool();
        string vectors = tool.Write("v.txt", "2 2\na 1 0\n\u001b[31mred 1 0\n");
        Run run = tool.Run("most-similar", vectors, "a");
        Assert.Equal(0, run.Code);
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.Contains("\uFFFD[31mred", run.Out, StringComparison.Ordinal);
    }
}
