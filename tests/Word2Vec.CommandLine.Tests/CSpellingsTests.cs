using System.Text;
using System.Text.Json;
using Word2Vec.Formats;

namespace Word2Vec.CommandLine.Tests;

/// <summary>Lines as scripts for word2vec.c have them, with the program's name replaced.</summary>
public class CSpellingsTests
{
    private static JsonElement Options(string output) => JsonDocument.Parse(File.ReadAllText(output + ".json")).RootElement.GetProperty("options");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_flag_reaches_the_training_in_any_order(bool namesCommand)
    {
        using var tool = new Tool();
        string output = tool.PathOf("v.bin"), words = tool.PathOf("words.txt");
        string line =
            $"-size 9 -window 3 -output {output} -negative 2 -sample 1e-2 -hs 0 -min-count 2 -iter 2 -alpha 0.05 -train {tool.WriteCorpus()} "
            + $"-threads 1 -binary 1 -save-vocab {words} -cbow 0 -classes 0 -debug 2";
        Run run = tool.Run([.. namesCommand ? ["train"] : Array.Empty<string>(), .. line.Split(' ')]);
        Assert.Equal(0, run.Code);
        Assert.Equal(
            """{"format":"binary","architecture":"skip-gram","min-ngram":3,"max-ngram":6,"buckets":2000000,"size":9,"window":3,"negatives":2,"tile":0,"tile-negatives":0,"subsampling":0.01,"epochs":2,"learning-rate":0.05"""
            + ""","threads":1,"seed":1,"tokenizer":"whitespace","min-count":2,"max-vocabulary":0,"max-distinct":20000000,"max-sentence-length":1000,"cache-limit":10"""
            + $$""","save-vocabulary":"{{words}}"}""",
            JsonSerializer.Serialize(Options(output)));
        Assert.Equal((byte)'\n', File.ReadAllBytes(output)["16 9".Length]);
        Assert.Equal(16, File.ReadAllLines(words).Length);
    }

    [Fact]
    public void A_line_of_word2vec_c_has_its_defaults_and_writes_text_whatever_the_file_is_called()
    {
        using var tool = new Tool();
        string output = tool.PathOf("v.bin");
        Assert.Equal(new Run(0, "", ""), tool.Run("-train", tool.WriteCorpus(), "-output", output, "-cbow", "0", "-debug", "0"));
        JsonElement options = Options(output);
        Assert.Equal(
            "100 5 0.001 5 5 5 0.025",
            string.Join(' ', ((string[])["size", "window", "subsampling", "negatives", "epochs", "min-count", "learning-rate"])
                .Select(key => options.GetProperty(key).GetRawText())));
        string[] lines = File.ReadAllLines(output);
        Assert.Equal("16 100", lines[0]);
        Assert.Equal(101, lines[1].TrimEnd().Split(' ').Length);
        Assert.Equal(0, tool.Run("train", "-train", tool.WriteCorpus(), "-output", output, "-debug", "0").Code);
        Assert.NotEqual(lines, File.ReadAllLines(output));
    }

    // word2vec.c trains CBOW unless it is told not to, at the rate 0.05 unless it is told another.
    [Theory]
    [InlineData("", "cbow", 0.05, false)]
    [InlineData("-cbow 1 -hs 1 -negative 0", "cbow", 0.05, true)]
    [InlineData("-cbow 1 -alpha 0.04 -hs 0", "cbow", 0.04, false)]
    [InlineData("-hs 1 -cbow 0", "skip-gram", 0.025, true)]
    public void A_line_of_word2vec_c_trains_the_model_that_it_asks_for(string flags, string architecture, double rate, bool hasTree)
    {
        using var tool = new Tool();
        string output = tool.PathOf("v.bin");
        string[] line = ["-train", tool.WriteCorpus(), "-output", output, "-threads", "1", "-size", "4", "-iter", "1", "-debug", "0"];
        Assert.Equal(new Run(0, "", ""), tool.Run([.. line, .. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        JsonElement options = Options(output);
        Assert.Equal((architecture, rate), (options.GetProperty("architecture").GetString(), options.GetProperty("learning-rate").GetDouble()));
        Assert.Equal(hasTree, options.TryGetProperty("hierarchical-softmax", out _));
        byte[] first = File.ReadAllBytes(output);
        Assert.Equal(0, tool.Run("train", "--config", output + ".json", "--quiet").Code);
        Assert.Equal(first, File.ReadAllBytes(output));
    }

    [Fact]
    public void A_saved_vocabulary_is_read_again()
    {
        using var tool = new Tool();
        string corpus = tool.WriteCorpus(), words = tool.PathOf("words.txt"), output = tool.PathOf("v.txt");
        Assert.Equal(new Run(0, "", ""), tool.Run("-train", corpus, "-save-vocab", words, "-min-count", "3", "-cbow", "1", "-size", "8", "-debug", "0"));
        Assert.Equal(16, File.ReadAllLines(words).Length);
        Assert.Equal(["corpus.txt", "words.txt"], Directory.GetFiles(tool.PathOf(".")).Select(Path.GetFileName).Order());
        File.WriteAllLines(words, ["</s> 400", "elephant 90", .. File.ReadAllLines(words)[..3], "rare 2"]);
        Run run = tool.Run("-train", corpus, "-read-vocab", words, "-output", output, "-cbow", "0", "-size", "4", "-threads", "1");
        Assert.Equal(0, run.Code);
        Assert.Contains("vocabulary  4 words", run.Error, StringComparison.Ordinal);
        using (Vectors.WordVectors vectors = VectorFile.Open(output))
            Assert.Contains("elephant", Enumerable.Range(0, 4).Select(id => vectors.Words[id]));
        Assert.Equal(words, Options(output).GetProperty("vocabulary").GetString());
        byte[] first = File.ReadAllBytes(output);
        Assert.Equal(0, tool.Run("train", "--config", output + ".json").Code);
        Assert.Equal(first, File.ReadAllBytes(output));
    }

    [Fact]
    public void Distance_asks_for_words()
    {
        using var tool = new Tool { Input = "king\nman woman\n" };
        Run run = tool.Run("distance", tool.WriteVectors());
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("king\tprince\t", run.Out[..12]);
        Assert.Equal(7 + 6, run.OutLines.Length);
    }

    [Fact]
    public void Word_analogy_asks_for_three_words()
    {
        using var tool = new Tool { Input = "man king woman\nking\nman king womaan\n" };
        Run run = tool.Run("word-analogy", tool.WriteVectors());
        Assert.Equal(8, run.Code);
        Assert.StartsWith("man king woman\tqueen\t0.9586\n", run.Out, StringComparison.Ordinal);
        Assert.Equal(5, run.OutLines.Length);
        Assert.Contains("An analogy has three words, and 'king' has 1", run.Error, StringComparison.Ordinal);
        Assert.Contains("womaan", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_accuracy_reads_questions_from_standard_input()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        string vectors = tool.WriteVectors();
        Run all = Shell.Pipe(": royal\nman king woman queen\nman woman king queen\n", "compute-accuracy", vectors);
        Assert.Equal((0, ""), (all.Code, all.Error));
        Assert.Matches("\nroyal +2 +2 +2 +100.0 %\n", all.Out);
        Run restricted = Shell.Pipe(": royal\nman king woman queen\n", "compute-accuracy", vectors, "3");
        Assert.Matches("\nroyal +0 +0 +1 +-\n", restricted.Out);
        Run damaged = Shell.Pipe("man king\n", "compute-accuracy", vectors);
        Assert.Equal(3, damaged.Code);
        Assert.Contains("Line 1 of '-' is 'man king'", damaged.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_for_word2vec_c_runs_with_the_name_replaced()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        tool.WriteCorpus("text");
        string script = tool.Write("demo.sh", """
            set -e
            if [ ! -e vectors.bin ]; then
              $W2V -train text -output vectors.bin -cbow 0 -size 20 -window 8 -negative 25 -hs 0 -sample 1e-4 -threads 20 -binary 1 -iter 15
            fi
            printf 'red\ndog\n' | $W2V distance vectors.bin | cut -f 1 | sort -u
            echo 'red green dog' | $W2V word-analogy vectors.bin | head -n 1 | cut -f 1
            printf ': colors\nred green dog cat\n' | $W2V compute-accuracy vectors.bin 30000 | head -n 1
            """);
        Run run = Shell.Run("sh", [script], tool.PathOf("."));
        Assert.Equal(0, run.Code);
        Assert.Equal(["dog", "red", "red green dog"], run.OutLines[..3]);
        Assert.Contains("trained     15 epochs", run.Error, StringComparison.Ordinal);
        Assert.Equal("16 20\n", Encoding.ASCII.GetString(File.ReadAllBytes(tool.PathOf("vectors.bin"))[..6]));
    }
}
