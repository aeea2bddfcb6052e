using System.IO.Compression;
using System.Text.Json;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Tests;

public class EmbedTests
{
    private static string[] Ids(string path)
    {
        using WordVectors vectors = VectorFile.Open(path);
        return [.. vectors.EnumerateWords()];
    }

    private static (string[] Ids, Run Run) Embed(Tool tool, params string[] arguments)
    {
        string output = tool.PathOf("docs.w2v");
        Run run = tool.Run(["embed", tool.WriteVectors(), .. arguments, "-o", output, "--quiet"]);
        return (run.Code == 0 ? Ids(output) : [], run);
    }

    [Fact]
    public void Lines_become_vectors_under_their_numbers()
    {
        using var tool = new Tool();
        string texts = tool.Write("t.txt", "King, man!\n\nnothing known\r\napple pear"), output = tool.PathOf("docs.npy");
        Run run = tool.Run("embed", tool.WriteVectors(), texts, "-o", output);
        Assert.Equal((0, ""), (run.Code, run.Out));
        Assert.Contains("3 texts of 6 words, 66.7 % of them known", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 texts without a known word are zeros", run.Error, StringComparison.Ordinal);
        using WordVectors documents = VectorFile.Open(output);
        Assert.Equal(["1", "3", "4"], documents.EnumerateWords());
        Assert.Equal([0.5f, 1, 0], documents["1"].ToArray());
        Assert.Equal([0, 0, 0], documents["3"].ToArray());
        Assert.Equal([-1, 0.15f, 0.15f], documents["4"].ToArray());
    }

    [Fact]
    public void Texts_without_known_words_can_be_left_out()
    {
        using var tool = new Tool();
        Assert.Equal(["1", "3"], Embed(tool, tool.Write("t.txt", "king\nkong\npear\n"), "--leave-out-unknown").Ids);
    }

    [Fact]
    public void Each_file_of_a_folder_is_a_text()
    {
        using var tool = new Tool();
        tool.Write("mails/b.txt", "king\nqueen");
        tool.Write("mails/sub/a file.txt", "apple");
        Assert.Equal(["b.txt", "sub/a file.txt"], Embed(tool, tool.PathOf("mails")).Ids);
        Assert.Equal(["b.txt:1", "b.txt:2", "sub/a file.txt:1"], Embed(tool, tool.PathOf("mails"), "--texts", "lines").Ids);
        string binary = tool.PathOf("docs.bin");
        Run run = tool.Run("embed", tool.WriteVectors(), tool.PathOf("mails"), "-o", binary);
        Assert.Contains("1 changed: _ in place of white space", run.Error, StringComparison.Ordinal);
        Assert.Equal(["b.txt", "sub/a_file.txt"], Ids(binary));
    }

    [Fact]
    public void A_column_of_a_table_is_read_as_rfc_4180_has_it()
    {
        using var tool = new Tool();
        string table = tool.Write("t.csv", "key,\"Text\",n\r\nk1,\"king, \"\"man\"\"\nqueen\",1\r\nk2,5\" apple,2\r\n\"k,3\",\"\",3\r\n");
        Assert.Equal(["k1", "k2"], Embed(tool, table, "--id", "key").Ids);
        using WordVectors documents = VectorFile.Open(tool.PathOf("docs.w2v"));
        Assert.Equal([2 / 3f, 2 / 3f, 1 / 3f], documents["k1"].ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([-1, 0.2f, 0.1f], documents["k2"].ToArray());
        Assert.StartsWith("word2vec: None of the 3 words of 3 texts is among", Embed(tool, table, "--column", "n").Run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("has no column 'body' in its first row; it has 'key', 'Text', 'n'", Embed(tool, table, "--column", "body").Run.ErrorLine,
            StringComparison.Ordinal);
        string cut = tool.Write("cut.csv", "key,text\nk1,king\nk2\n");
        Assert.Contains("cut.csv, line 3: there are 1 fields where the first row names 2", Embed(tool, cut).Run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_of_json_lines_are_read()
    {
        using var tool = new Tool();
        string table = tool.Write("t.jsonl", "{\"text\":\"king \\u0071ueen\",\"n\":7}\n\n{\"n\":8,\"text\":null}\n{\"n\":9,\"text\":\"pear\"}\n");
        Assert.Equal(["1", "4"], Embed(tool, table).Ids);
        Assert.Equal(["7", "9"], Embed(tool, table, "--id", "n").Ids);
        Assert.Contains("t.jsonl, line 1: there is no \"body\"; it has \"text\", \"n\"", Embed(tool, table, "--column", "body").Run.ErrorLine,
            StringComparison.Ordinal);
        foreach (string bad in (string[])["{", "[1]", "{\"text\":[]}", "{\"text\":\"\\ud800\"}"])
            Assert.Equal(3, Embed(tool, tool.Write("bad.jsonl", bad)).Run.Code);
    }

    [Fact]
    public void Standard_input_and_gzip_are_read_and_can_be_read_twice()
    {
        using var tool = new Tool { Input = "king\npear apple\n" };
        Assert.Equal(["1", "2"], Embed(tool, "--method", "tfidf").Ids);
        string packed = tool.PathOf("t.tsv.gz");
        using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
            gzip.Write("id\ttext\nx\tking\n"u8);
        Assert.Equal(["x"], Embed(tool, packed, "--id", "id", "--method", "sif").Ids);
    }

    [Fact]
    public void Ids_that_come_twice_are_warned_of()
    {
        using var tool = new Tool();
        Run run = Embed(tool, tool.Write("t.csv", "text,id\nking,x\nqueen,x\npear,\n"), "--id", "id").Run;
        Assert.StartsWith("warning: the id 'x' is that of several texts", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(["x", "x", "3"], Ids(tool.PathOf("docs.w2v")));
    }

    [Theory]
    [InlineData("docs.w2v")]
    [InlineData("docs.npy")]
    public void Documents_are_found_by_id_and_by_text(string name)
    {
        using var tool = new Tool();
        string vectors = tool.WriteVectors(), output = tool.PathOf(name);
        string texts = tool.Write("t.txt", "king man\nqueen woman\napple pear plum\nplum pear\n");
        foreach (string method in (string[])["mean", "tfidf", "sif", "max"])
        {
            Assert.Equal(0, tool.Run("embed", vectors, texts, "-o", output, "--method", method).Code);
            if (method != "sif") // what is left of two texts without what they have in common need not be alike
                Assert.Matches("^4 +", tool.Run("most-similar", output, "--id", "3").OutLines[1]);
            Run run = tool.Run("most-similar", output, "--text", "Queen? Woman!", "--json", "--count", "1");
            Assert.Equal((0, ""), (run.Code, run.Error));
            JsonElement found = JsonDocument.Parse(run.Out).RootElement.GetProperty("neighbors")[0];
            Assert.Equal("2", found.GetProperty("word").GetString());
            Assert.Equal(1, found.GetProperty("similarity").GetSingle(), 1e-5f);
        }

        Assert.Equal(8, tool.Run("most-similar", output, "--text", "nothing").Code);
        File.Move(vectors, tool.PathOf("moved.txt"));
        Assert.Equal(3, tool.Run("most-similar", output, "--text", "king").Code);
        Assert.Equal(0, tool.Run("most-similar", output, "--text", "king", "--vectors", tool.PathOf("moved.txt")).Code);
        Assert.Contains("does not say with which word vectors", tool.Run("most-similar", tool.PathOf("moved.txt"), "--text", "king").ErrorLine,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Latent_semantics_needs_no_vectors()
    {
        using var tool = new Tool();
        string texts = tool.WriteCorpus(sentences: 200), output = tool.PathOf("lsa.npy"), words = tool.PathOf("words.w2v");
        Run run = tool.Run("embed", "--method", "lsa", "--size", "4", texts, "-o", output, "--words-output", words, "--json");
        Assert.Equal(0, run.Code);
        Assert.Contains("lsa         16 words; 4 components keep ", run.Error, StringComparison.Ordinal);
        Assert.Equal(200, JsonDocument.Parse(run.Out).RootElement.GetProperty("vectors").GetInt32());
        Assert.Equal(Enumerable.Range(1, 200).Select(i => $"{i}"), Ids(output));
        string[] found = [.. tool.Run("most-similar", output, "--text", "dog", "--count", "30").OutLines.Skip(1).Select(line => line.Split(' ')[0])];
        Assert.All(found, id => Assert.Equal(2, int.Parse(id) % 4)); // the second of four groups, numbered from 1
        Assert.Equal(2, tool.Run("embed", "--method", "lsa", "--size", "17", texts, "-o", output).Code);
    }

    [Fact]
    public void Frequencies_come_from_where_they_are_asked_from()
    {
        using var tool = new Tool();
        string texts = tool.Write("t.txt", "king man\nking pear\n"), vocabulary = tool.Write("v.txt", "king 1000000\npear 1\nman 1\n");
        Assert.Equal(2, Embed(tool, texts, "--method", "sif", "--frequencies", "vectors").Run.Code);
        Assert.Equal(0, Embed(tool, texts, "--method", "tfidf", "--frequencies", vocabulary).Run.Code);
        using WordVectors rare = VectorFile.Open(tool.PathOf("docs.w2v"));
        // ln(1000003/1000001) + 1 = 1 and ln(1000003/2) + 1 = 14.12236: pear counts more.
        Assert.Equal((1 - 14.12236f) / 15.12236f, rare["2"][0], 1e-4f);
    }

    [Fact]
    public void Near_duplicates_are_written_as_lines_or_json()
    {
        using var tool = new Tool();
        string vectors = tool.WriteVectors();
        Run run = tool.Run("duplicates", vectors, "--threshold", "0.995");
        Assert.Equal("king\tprince\t0.9959\napple\tplum\t0.9953\npear\tplum\t0.9953\n", run.Out);
        Assert.Equal("3 pairs among 8 vectors have a cosine of 0.995 or more", run.ErrorLine);
        JsonElement first = JsonDocument.Parse(tool.Run("duplicates", vectors, "--threshold", "0.995", "--json").OutLines[0]).RootElement;
        Assert.Equal(("king", "prince"), (first.GetProperty("first").GetString(), first.GetProperty("second").GetString()));
        Assert.Equal(2, tool.Run("duplicates", vectors, "--threshold", "1.5").Code);
    }
}
