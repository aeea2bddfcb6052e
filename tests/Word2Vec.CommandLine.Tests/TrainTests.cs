using System.Text.Json;
using Word2Vec.Formats;

namespace Word2Vec.CommandLine.Tests;

public class TrainTests
{
    private static JsonElement Record(string output) => JsonDocument.Parse(File.ReadAllText(output + ".json")).RootElement;

    [Fact]
    public void Train_writes_vectors_a_record_and_a_summary_on_standard_error_alone()
    {
        using var tool = new Tool();
        string output = tool.PathOf("v.bin");
        Run run = tool.Run("train", tool.WriteCorpus(), "-o", output, "--size", "8", "--device", "plain");
        Assert.Equal((0, ""), (run.Code, run.Out));
        using Vectors.WordVectors vectors = VectorFile.Open(output);
        Assert.Equal((16, 8), (vectors.Count, vectors.Size));
        Assert.Contains("vocabulary  16 words", run.Error, StringComparison.Ordinal);
        Assert.Contains($"next        word2vec most-similar {output} ", run.Error, StringComparison.Ordinal);
        JsonElement record = Record(output);
        Assert.Equal(1600, record.GetProperty("text-tokens").GetInt64());
        Assert.Equal(5, record.GetProperty("loss").GetArrayLength());

        // The steps follow one another, and what trained is the same in both places.
        JsonElement steps = record.GetProperty("steps");
        Assert.Equal(["start", "devices", "text", "set-up", "training", "read-back", "writing"], steps.EnumerateObject().Select(step => step.Name));
        Assert.All(steps.EnumerateObject(), step => Assert.True(step.Value.GetDouble() >= 0, step.ToString()));
        Assert.Equal(record.GetProperty("seconds").GetDouble(), steps.GetProperty("training").GetDouble());
        Assert.Matches(@"\ntook {8}\d+\.\d s: \d+\.\d start", run.Error);
    }

    [Fact]
    public void A_word2vec_file_keeps_counts_options_and_output_vectors()
    {
        using var tool = new Tool();
        string output = tool.PathOf("v.w2v"), plain = tool.PathOf("plain.w2v");
        string[] line = ["--size", "8", "--epochs", "1", "--threads", "1", "--device", "cpu", "--quiet"];
        string corpus = tool.WriteCorpus();
        Assert.Equal(0, tool.Run(["train", corpus, "-o", output, "--output-vectors", .. line]).Code);
        Assert.Equal(0, tool.Run(["train", corpus, "-o", plain, .. line]).Code);
        using Vectors.WordVectors vectors = VectorFile.Open(output), without = VectorFile.Open(plain);
        Assert.Equal(1600, vectors.Counts!.Sum());
        Assert.Equal("8", vectors.Metadata["training.size"]);
        Assert.Equal("0.025", vectors.Metadata["training.learning-rate"]);
        Assert.Equal("5", vectors.Metadata["corpus.min-count"]);
        Assert.Matches("^[0-9a-f]{64}$", vectors.Metadata[TrainingMetadata.CorpusFingerprint]);
        Assert.Equal(without.Metadata, vectors.Metadata);
        Assert.Null(without.OutputVectors);
        Assert.Equal(without.CopyRow(3), vectors.CopyRow(3));
        Assert.Contains(vectors.OutputVectors!.CopyRow(3), component => component != 0);
        Run run = tool.Run(["train", corpus, "-o", tool.PathOf("v.bin"), "--output-vectors", .. line]);
        Assert.Equal(2, run.Code);
        Assert.Contains(".w2v", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_training_writes_nothing()
    {
        using var tool = new Tool();
        Run run = tool.Run(
            "train", tool.WriteCorpus(), "-o", tool.PathOf("v.bin"), "--size", "8", "--epochs", "1", "--device", "cpu", "--quiet");
        Assert.Equal(new Run(0, "", ""), run);
    }

    [Fact]
    public void Every_option_reaches_the_training()
    {
        using var tool = new Tool();
        string output = tool.PathOf("v.out"), words = tool.PathOf("words.txt"), cache = tool.PathOf("kept");
        string line =
            "--size 9 --window 3 --negatives 2 --tile 4 --tile-negatives 6 --subsampling 0.01 --min-count 2 --max-vocabulary 7 --epochs 2 --learning-rate 0.05 "
            + "--threads 1 --seed 42 --tokenizer text --max-distinct 5000 --max-sentence-length 50 --device cpu --format text "
            + $"--save-vocabulary {words} --cache {cache} --cache-limit 2.5 --output {output}";
        Run run = tool.Run(["train", tool.WriteCorpus(), .. line.Split(' ')]);
        Assert.Equal(0, run.Code);
        Assert.Equal(
            """{"format":"text","architecture":"skip-gram","min-ngram":3,"max-ngram":6,"buckets":2000000,"size":9,"window":3,"negatives":2,"tile":4,"tile-negatives":6,"subsampling":0.01,"epochs":2"""
            + ""","learning-rate":0.05,"threads":1,"seed":42,"tokenizer":"text","min-count":2,"max-vocabulary":7"""
            + $$""","max-distinct":5000,"max-sentence-length":50,"cache":"{{cache}}","cache-limit":2.5,"device":"cpu","save-vocabulary":"{{words}}"}""",
            JsonSerializer.Serialize(Record(output).GetProperty("options")));
        Assert.StartsWith("7 9\n", File.ReadAllText(output), StringComparison.Ordinal);
        Assert.Equal(7, File.ReadAllLines(words).Length);
        Assert.NotEmpty(Directory.GetFileSystemEntries(cache));
    }

    [Fact]
    public void The_format_follows_the_name_unless_it_is_given()
    {
        using var tool = new Tool();
        string corpus = tool.WriteCorpus();
        foreach ((string name, string[] format, bool isText) in new[]
        {
            ("a.txt", [], true), ("a.vec", [], true), ("a.bin", [], false), ("b.txt", ["--format", "binary"], false),
            ("b.bin", (string[])["-binary", "0"], true),
        })
        {
            Assert.Equal(
                0, tool.Run(["train", corpus, "-o", tool.PathOf(name), "--size", "2", "--epochs", "1", "--device", "cpu", .. format]).Code);
            bool parses = File.ReadAllLines(tool.PathOf(name)) is { Length: 17 } lines && lines[1].Split(' ').Length == 3;
            Assert.Equal(isText, parses);
        }
    }

    [Fact]
    public void Standard_input_is_not_kept_and_no_cache_keeps_nothing()
    {
        using var tool = new Tool();
        Assert.Equal(
            0, tool.Run("train", tool.WriteCorpus(), "-o", tool.PathOf("v.bin"), "--size", "2", "--device", "cpu", "--no-cache").Code);
        Assert.False(Directory.Exists(tool.PathOf("cache")));
        Assert.Equal(0, tool.Run("train", tool.WriteCorpus(), "-o", tool.PathOf("v.bin"), "--size", "2", "--device", "cpu").Code);
        Assert.True(Directory.Exists(tool.PathOf("cache")));
    }

    [Theory]
    [InlineData("The cat saw the Dog. Then it ran, as dogs do. ", true)]
    [InlineData("the cat saw the dog then it ran as dogs do ", false)]
    [InlineData("PICK A12-03 SKU-4711 STATION7 ", false)]
    public void Prose_that_is_split_at_spaces_only_gets_a_hint(string sentence, bool expected)
    {
        using var tool = new Tool();
        string corpus = tool.Write("c.txt", string.Concat(Enumerable.Repeat(sentence, 20)));
        string[] line = ["train", corpus, "-o", tool.PathOf("v.bin"), "--size", "2", "--epochs", "1", "--device", "cpu"];
        Assert.Equal(expected, tool.Run(line).Error.Contains("--tokenizer text", StringComparison.Ordinal));
        Assert.DoesNotContain("hint", tool.Run([.. line, "--tokenizer", "text"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_training_leaves_the_previous_output_as_it_was()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        using var tool = new Tool { Cancellation = cancelled.Token };
        string output = tool.Write("v.bin", "what was there before");
        Run run = tool.Run("train", tool.WriteCorpus(), "-o", output, "--device", "cpu", "--quiet");
        Assert.Equal(130, run.Code);
        Assert.Equal($"word2vec: interrupted; nothing was written, {output} is as it was", run.ErrorLine);
        Assert.Equal("what was there before", File.ReadAllText(output));
    }

    [Fact]
    public void A_training_that_diverges_leaves_the_previous_output_as_it_was()
    {
        using var tool = new Tool();
        string output = tool.Write("v.bin", "what was there before");
        Run run = tool.Run(
            "train", tool.WriteCorpus(), "-o", output, "--device", "plain", "--quiet", "--learning-rate", "1000", "--epochs", "50",
            "--size", "64", "--subsampling", "0");
        Assert.Equal(7, run.Code);
        Assert.Contains("--learning-rate", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("what was there before", File.ReadAllText(output));
        Assert.False(File.Exists(output + ".json"));
    }

    [Fact]
    public void What_fails_behind_the_vectors_says_that_they_are_complete()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        string output = tool.PathOf("v.bin"), words = tool.PathOf("words.txt");
        File.CreateSymbolicLink(words, tool.PathOf("nowhere/words.txt"));
        Run run = tool.Run("train", tool.WriteCorpus(), "-o", output, "--size", "4", "--save-vocabulary", words, "--quiet");
        Assert.Equal(6, run.Code);
        Assert.StartsWith(
            $"word2vec: The vectors are complete in {output}, but: Cannot write {words}: ", run.ErrorLine, StringComparison.Ordinal);
        Assert.True(File.Exists(output));
    }

    [Fact]
    public void Vocab_counts_words()
    {
        using var tool = new Tool();
        string output = tool.PathOf("words.txt");
        Run run = tool.Run("vocab", tool.Write("c.txt", "b a b c\na b"), "-o", output, "--min-count", "2");
        Assert.Equal((0, ""), (run.Code, run.Out));
        Assert.Equal("b 3\na 2\n", File.ReadAllText(output));
    }
}
