using System.Text;
using System.Text.Json;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Tests;

/// <summary>Commands on vectors with subwords that are asked about words that these do not have.</summary>
public class UnknownWordTests
{
    private const string Note = "note: 'redder' is not in the vocabulary; its vector was put together from its n-grams\n";

    [Theory]
    [InlineData("v.w2v", "most-similar", "redder", "--count", "2")]
    [InlineData("v.ftbin", "most-similar", "redder", "-", "red", "+", "blue")]
    [InlineData("v.w2v", "analogy", "red", "redder", "blue")]
    [InlineData("v.ftbin.gz", "similarity", "redder", "blue")]
    [InlineData("v.w2v", "doesnt-match", "redder", "green", "blue")]
    public void They_are_answered_and_a_note_says_how(string file, string command, params string[] words)
    {
        using var tool = new Tool();
        Run run = tool.Run([command, Write(tool, file), .. words]);
        Assert.Equal((0, Note), (run.Code, run.Error));
        JsonElement json = JsonDocument.Parse(tool.Run([command, Write(tool, file), .. words, "--json"]).Out).RootElement;
        Assert.Equal("redder", Assert.Single(json.GetProperty("composed").EnumerateArray()).GetString());
        Assert.False(JsonDocument.Parse(tool.Run("similarity", Write(tool, file), "red", "blue", "--json").Out).RootElement.TryGetProperty("composed", out _));
    }

    [Fact]
    public void A_list_has_a_note_for_each_and_goes_on()
    {
        using var tool = new Tool { Input = "red\nredder\n" };
        Run run = tool.Run("most-similar", Write(tool, "v.w2v"), "--file", "-", "--count", "1");
        Assert.Equal((0, Note, 2), (run.Code, run.Error, run.OutLines.Length));
    }

    [Fact]
    public void Pairs_are_asked_with_subwords_only()
    {
        using var tool = new Tool();
        string vectors = Write(tool, "v.w2v"), pairs = tool.Write("pairs.tsv", "red\tgreen\t1\nred\tblue\t2\nredder\tred\t9\n");
        Assert.Equal(2, Asked(tool.Run("evaluate", vectors, "--similarity", pairs, "--json")));
        Assert.Equal(3, Asked(tool.Run("evaluate", vectors, "--similarity", pairs, "--json", "--subwords")));

        static int Asked(Run run) => JsonDocument.Parse(run.Out).RootElement.GetProperty("similarity")[0].GetProperty("asked").GetInt32();
    }

    [Theory]
    [InlineData("analogies")]
    [InlineData("measures", "--resamples", "0")]
    public void Analogies_are_asked_with_subwords_only(string property, params string[] options)
    {
        using var tool = new Tool();
        string vectors = Write(tool, "v.w2v"), questions = tool.Write("q.txt", "red green blue reddish\nred redder blue green\nred green blue bluer\n");
        Assert.Equal(1, Asked(tool.Run(["evaluate", vectors, "--analogies", questions, "--json", .. options])));
        Assert.Equal(2, Asked(tool.Run(["evaluate", vectors, "--analogies", questions, "--json", "--subwords", .. options])));

        int Asked(Run run)
        {
            JsonElement first = JsonDocument.Parse(run.Out).RootElement.GetProperty(property)[0];
            return (property == "measures" ? first.GetProperty("results")[0] : first.GetProperty("total")).GetProperty("asked").GetInt32();
        }
    }

    [Fact]
    public void Texts_are_embedded_with_them_unless_they_are_to_be_left_out()
    {
        using var tool = new Tool();
        string vectors = Write(tool, "v.w2v"), texts = tool.Write("texts.txt", "red redder\n"), output = tool.PathOf("lines.npy");
        Assert.Contains("1 texts of 2 words, 100.0 % of them", tool.Run("embed", vectors, texts, "-o", output).Error, StringComparison.Ordinal);
        Assert.Contains("1 texts of 2 words, 50.0 % of them", tool.Run("embed", vectors, texts, "-o", output, "--no-subwords").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v.ftbin", false)]
    [InlineData("v.w2v", false)]
    [InlineData("v.bin", true)]
    [InlineData("v.txt.gz", true)]
    public void Convert_says_when_ngrams_are_lost(string output, bool isLost)
    {
        using var tool = new Tool();
        Run run = tool.Run("convert", Write(tool, "from.w2v"), tool.PathOf(output));
        Assert.Equal(0, run.Code);
        Assert.Equal(isLost, run.Error.Contains("has no room for n-grams", StringComparison.Ordinal));
        using WordVectors read = VectorFile.Open(tool.PathOf(output));
        Assert.Equal(isLost, read.Subwords is null);
        Assert.Contains("without --normalize", tool.Run("convert", Write(tool, "from.w2v"), tool.PathOf(output), "--normalize").Error, StringComparison.Ordinal);
    }

    // A fastText model of four words and fifty buckets, converted where another format is asked for.
    private static string Write(Tool tool, string name)
    {
        const int Size = 9, Buckets = 50;
        string[] words = ["red", "green", "blue", "reddish"];
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            foreach (int number in (int[])[793712314, 12, Size, 5, 5, 1, 5, 1, 2, 2, Buckets, 2, 4, 100])
                writer.Write(number);
            writer.Write(1e-4);
            foreach (int number in (int[])[words.Length, words.Length, 0])
                writer.Write(number);
            writer.Write(7L);
            writer.Write(-1L);
            foreach (string word in words)
                writer.Write([.. Encoding.UTF8.GetBytes(word), 0, 3, 0, 0, 0, 0, 0, 0, 0, 0]);
            foreach (int rows in (int[])[words.Length + Buckets, words.Length])
            {
                writer.Write(false);
                writer.Write((long)rows);
                writer.Write((long)Size);
                for (int i = 0; i < rows * Size; i++)
                    writer.Write(MathF.Sin(i * i));
            }
        }

        File.WriteAllBytes(tool.PathOf("model.ftbin"), bytes.ToArray());
        Assert.Equal(0, tool.Run("convert", tool.PathOf("model.ftbin"), tool.PathOf(name)).Code);
        return tool.PathOf(name);
    }
}
