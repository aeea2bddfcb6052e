using System.Text;
using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

/// <summary>The command that makes sentences of events, and what is done with baskets.</summary>
public class SequencesTests
{
    private const string Events = "when,order,product\n9,A,cup\n3,B,\"tea, green\"\n1,A,tea pot\n2,B,cup\n1,C,cup\n1,A,spoon\n";

    [Fact]
    public void Items_of_a_group_stand_on_a_line_by_time()
    {
        using var tool = new Tool();
        string table = tool.Write("orders.csv", Events), output = tool.PathOf("baskets.txt");
        Run run = tool.Run("sequences", table, "--group", "order", "--item", "product", "--sort", "when", "-o", output);
        Assert.Equal((0, ""), (run.Code, run.Out));
        Assert.Equal("tea_pot spoon cup\ncup tea,_green\ncup\n", File.ReadAllText(output));
        Assert.Equal(
            [
                "events      6 of 4 different items", "items       2 events had white space in the item, in place of which it has _ now",
                "sequences   3, 2.0 items each", $"written     {output}",
            ],
            run.Error.TrimEnd('\n').Split('\n'));
        Run unsorted = tool.Run("sequences", table, "--group", "Order", "--item", "Product", "-o", "-", "--quiet");
        Assert.Equal((0, "", ""), (unsorted.Code, unsorted.Out, unsorted.Error));
        Assert.Equal("cup tea_pot spoon\ntea,_green cup\ncup\n", Encoding.UTF8.GetString(tool.Bytes));
        tool.Run("sequences", table, "--group", "order", "--item", "product", "-o", "-", "--quiet", "--grouped");
        Assert.Equal("cup\ntea,_green\ntea_pot\ncup\ncup\nspoon\n", Encoding.UTF8.GetString(tool.Bytes));
    }

    [Theory]
    [InlineData("2026-03-02,2026-03-01T23:59:59Z,2026-03-02T00:00:01,2026-03-02T01:00+02:00", "3 1 0 2")]
    [InlineData("1e3,-5,0.5,-7", "3 1 2 0")]
    [InlineData("1767225600,1767225599,10,0", "3 2 1 0")]
    public void Times_are_numbers_or_dates(string times, string order)
    {
        using var tool = new Tool();
        string table = tool.Write("e.csv", "t,g,i\n" + string.Concat(times.Split(',').Select((time, i) => $"{time},x,{i}\n")));
        Assert.Equal(0, tool.Run("sequences", table, "--group", "g", "--item", "i", "--sort", "t", "-o", "-", "--quiet").Code);
        Assert.Equal(order + "\n", Encoding.UTF8.GetString(tool.Bytes));
    }

    [Fact]
    public void A_share_is_held_out_and_both_files_together_are_all()
    {
        using var tool = new Tool();
        string table = tool.Write("e.tsv", "g\ti\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i / 2}\titem-{i}\n")));
        string output = tool.PathOf("kept.txt"), held = tool.PathOf("held.txt");
        string[] line = ["sequences", table, "--group", "g", "--item", "i", "--hold-out", "0.25", "--held-out-file", held];
        JsonElement json = JsonDocument.Parse(tool.Run([.. line, "-o", output, "--json", "--quiet"]).Out).RootElement;
        Assert.InRange(json.GetProperty("held-out").GetInt32(), 200, 300);
        Assert.Equal((2000, 2000, 1000), (json.GetProperty("events").GetInt32(), json.GetProperty("items").GetInt32(),
            json.GetProperty("sequences").GetInt32() + json.GetProperty("held-out").GetInt32()));
        Assert.Equal(1000, File.ReadLines(output).Concat(File.ReadLines(held)).Distinct().Count());
        string before = File.ReadAllText(held);
        Assert.Equal(0, tool.Run([.. line, "-o", "-", "--quiet"]).Code);
        Assert.Equal((File.ReadAllText(output), before), (Encoding.UTF8.GetString(tool.Bytes), File.ReadAllText(held)));
    }

    [Fact]
    public void A_basket_is_asked_what_belongs_to_it()
    {
        using var tool = new Tool();
        string vectors = tool.WriteVectors();
        Run run = tool.Run("most-similar", vectors, "--basket", "apple,pear,kiwi", "--count", "1");
        Assert.Equal((0, "note: without kiwi, which has no vector"), (run.Code, run.ErrorLine));
        Assert.Matches("^item +similarity\nplum +0\\.9[0-9]{3}\n$", run.Out);
        JsonElement json = JsonDocument.Parse(tool.Run("most-similar", vectors, "--basket", "apple", "pear", "--count", "2", "--json").Out).RootElement;
        Assert.Equal("plum", json.GetProperty("items")[0].GetProperty("item").GetString());
        Assert.Equal(2, json.GetProperty("basket").GetArrayLength());
        Assert.Equal(8, tool.Run("most-similar", vectors, "--basket", "kiwi").Code);
        Assert.Equal(2, tool.Run("most-similar", vectors, "king", "--basket", "apple").Code);
    }

    [Theory]
    [InlineData("e.csv --group order --item product", 2, "--output")]
    [InlineData("e.csv --item product -o o.txt", 2, "--group")]
    [InlineData("e.csv --group visit --item product -o o.txt", 3, "has no column 'visit' in its first row; it has 'when', 'order', 'product'. Name one with --group.")]
    [InlineData("e.csv --group order --item product --sort order -o o.txt", 3, "line 2: the time is 'A'; a number or a date such as")]
    [InlineData("mixed.csv --group g --item i --sort t -o o.txt", 3, "line 3: the time is '2026-03-02'; a number, as in the rows before,")]
    [InlineData("mixed.csv --group g --item x -o o.txt", 3, "line 3: the item is empty")]
    [InlineData("short.csv --group g --item i -o o.txt", 3, "line 3: there are 1 fields where the first row names 2")]
    [InlineData("empty.csv --group g --item i -o o.txt", 3, "has no events below its first row")]
    [InlineData("missing.csv --group g --item i -o o.txt", 3, "does not exist")]
    [InlineData("e.csv --group order --item product -o e.csv", 2, "is also an input")]
    [InlineData("e.csv --group order --item product -o o.txt --hold-out 0.5", 2, "go together")]
    [InlineData("e.csv --group order --item product -o o.txt --hold-out 2 --held-out-file h.txt", 2, "--hold-out is 2")]
    [InlineData("e.csv --group order --item product -o - --json", 2, "would both write")]
    public void Bad_input_is_one_line_and_its_exit_code(string line, int code, string expected)
    {
        using var tool = new Tool();
        tool.Write("e.csv", Events);
        tool.Write("mixed.csv", "t,g,i,x\n1,a,b,c\n2026-03-02,a,b,\n");
        tool.Write("short.csv", "g,i\na,b\nc\n");
        tool.Write("empty.csv", "g,i\n");
        string[] args = [.. line.Split(' ').Select(word => char.IsAsciiLetter(word[0]) && word.Contains('.', StringComparison.Ordinal) ? tool.PathOf(word) : word)];
        Run run = tool.Run(["sequences", .. args]);
        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Contains(expected, run.ErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(tool.PathOf("o.txt")));
    }
}
