using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

public class ConfigTests
{
    [Fact]
    public void The_record_of_a_run_repeats_it_byte_for_byte()
    {
        using var tool = new Tool();
        string output = tool.PathOf("v.out"), words = tool.PathOf("words.txt");
        string line = "--size 9 --window 3 --negatives 2 --tile 4 --tile-negatives 6 --subsampling 0.01 --min-count 2 --max-vocabulary 7 "
            + "--epochs 2 --learning-rate 0.05 --threads 1 --seed 42 --tokenizer text --max-sentence-length 50 --device cpu --format text "
            + $"--no-cache --save-vocabulary {words}";
        Assert.Equal(0, tool.Run(["train", tool.WriteCorpus("a.txt"), tool.WriteCorpus("b.txt", 100), "-o", output, .. line.Split(' ')]).Code);
        string[] names = [output, words, output + ".json"];
        File.Move(output + ".json", tool.PathOf("run.json"));
        byte[][] first = [.. names[..2].Select(File.ReadAllBytes)];
        Array.ForEach(names[..2], File.Delete);
        Assert.Equal(0, tool.Run("train", "--config", tool.PathOf("run.json")).Code);
        Assert.Equal(first, names[..2].Select(File.ReadAllBytes));
        Assert.Equal(Repeated(tool.PathOf("run.json")), Repeated(output + ".json"));
        Assert.False(Directory.Exists(tool.PathOf("cache")));
    }

    [Fact]
    public void A_record_of_defaults_and_of_a_demo_repeats_the_run_too()
    {
        using var tool = new Tool();
        string output = tool.PathOf("v.bin");
        foreach (string[] line in (string[][])[["train", tool.WriteCorpus()], ["demo", "--corpus", tool.WriteCorpus()]])
        {
            Assert.Equal(0, tool.Run([.. line, "-o", output, "--threads", "1", "--quiet"]).Code);
            byte[] first = File.ReadAllBytes(output);
            string record = Repeated(output + ".json");
            File.Delete(output);
            Assert.Equal(new Run(0, "", ""), tool.Run("train", "--config", output + ".json", "--quiet"));
            Assert.Equal(first, File.ReadAllBytes(output));
            Assert.Equal(record, Repeated(output + ".json"));
        }
    }

    [Fact]
    public void The_command_line_overrules_the_file()
    {
        using var tool = new Tool();
        string other = tool.WriteCorpus("other.txt", 40), output = tool.PathOf("w.txt");
        string config = Write(tool, $$"""
            {
              // A comment, and a comma too many, are what people write.
              "corpus": "{{Json(tool.PathOf("missing.txt"))}}", "output": "{{Json(tool.PathOf("v.bin"))}}",
              "options": {
                "size": 7, "window": 2, "no-cache": true, "seed": 18446744073709551615, "learning-rate": 1e-2, "fallback": null, "threads": 1,
              },
            }
            """);
        Run run = tool.Run("train", other, "--config", config, "-size", "5", "-o", output, "--cache", tool.PathOf("kept"), "--device", "plain");
        Assert.Equal(0, run.Code);
        Assert.False(File.Exists(tool.PathOf("v.bin")));
        Assert.True(Directory.Exists(tool.PathOf("kept")));
        using var record = JsonDocument.Parse(File.ReadAllText(output + ".json"));
        JsonElement options = record.RootElement.GetProperty("options");
        Assert.Equal((5, 2, ulong.MaxValue, 0.01), (options.GetProperty("size").GetInt32(), options.GetProperty("window").GetInt32(),
            options.GetProperty("seed").GetUInt64(), options.GetProperty("learning-rate").GetDouble()));
        Assert.Equal(other, record.RootElement.GetProperty("corpus")[0].GetString());
    }

    [Theory]
    [InlineData("", "line 1, column 1: this is no JSON")]
    [InlineData("{\n  \"options\": {\n    \"size\" 5 } }", "line 3, column 12: this is no JSON")]
    [InlineData("{ \"output\": \"ströme\", x }", "line 1, column 23: this is no JSON")]
    [InlineData("{ \"options\": {} } x", "line 1, column 19: this is no JSON")]
    [InlineData("{ \"options\": {}", "this is no JSON")]
    [InlineData("[]", "line 1, column 1: this is no object")]
    [InlineData("{ \"size\": 5 }", "line 1, column 3: there is no option \"size\"; put it into \"options\"")]
    [InlineData("{ \"option\": {} }", "line 1, column 3: there is no option \"option\"; did you mean \"options\"")]
    [InlineData("{ \"options\": [] }", "line 1, column 14: \"options\" is no object")]
    [InlineData("{ \"options\": {\n  \"widnow\": 5 } }", "line 2, column 3: there is no option \"widnow\"; did you mean \"window\"")]
    [InlineData("{ \"options\": {\n  \"quiet\": true } }", "line 2, column 3: there is no option \"quiet\"")]
    [InlineData("{ \"options\": {\n  \"size\": 5,\n  \"device\": \"größe\", \"size\": 6 } }", "line 3, column 22: \"size\" is here for the second time")]
    [InlineData("{ \"options\": {\n  \"size\": \"big\" } }", "line 2, column 11: \"size\" is \"big\"; it must be a whole number in range")]
    [InlineData("{ \"options\": { \"size\": 1.5 } }", "line 1, column 24: \"size\" is 1.5; it must be a whole number in range")]
    [InlineData("{ \"options\": { \"size\": 99999999999 } }", "\"size\" is 99999999999; it must be a whole number in range")]
    [InlineData("{ \"options\": { \"seed\": -1 } }", "\"seed\" is -1; it must be a whole number in range, 0 or more")]
    [InlineData("{ \"options\": { \"size\": 0 } }", "--size is 0; it must lie between 1 and 4096")]
    [InlineData("{ \"options\": { \"subsampling\": false } }", "\"subsampling\" is false; it must be a number")]
    [InlineData("{ \"options\": { \"tokenizer\": \"words\" } }", "\"tokenizer\" is \"words\"; it must be \"whitespace\" or \"text\"")]
    [InlineData("{ \"options\": { \"tokenizer\": 1 } }", "\"tokenizer\" is 1; it must be \"whitespace\" or \"text\"")]
    [InlineData("{ \"options\": { \"device\": [\"cpu\"] } }", "\"device\" is a list; it must be a string")]
    [InlineData("{ \"options\": { \"no-cache\": 1 } }", "\"no-cache\" is 1; it must be true or false")]
    [InlineData("{ \"corpus\": 5 }", "\"corpus\" is 5; it must be a name or a list of names")]
    [InlineData("{ \"corpus\": [\"a\", 5] }", "line 1, column 19: \"corpus\" is 5; it must be a name or a list of names")]
    [InlineData("{ \"output\": \"\\ud800\" }", "line 1, column 13: this string has bytes or escapes that are no characters")]
    [InlineData("{ \"output\": null }", "\"output\" is null; it must be a string")]
    public void A_mistake_in_the_file_is_named_with_its_place(string text, string message)
    {
        using var tool = new Tool();
        string config = Write(tool, text), corpus = tool.WriteCorpus();
        Run run = tool.Run("train", corpus, "-o", tool.PathOf("v.bin"), "--config", config);
        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Contains(message, run.ErrorLine, StringComparison.Ordinal);
        Assert.True(message.StartsWith("--", StringComparison.Ordinal) || run.Error.Contains($"{config}, line ", StringComparison.Ordinal), run.Error);
        Assert.Equal(["corpus.txt", "run.json"], Directory.GetFileSystemEntries(tool.PathOf(".")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_thousand_damaged_files_give_a_place_or_are_read()
    {
        using var tool = new Tool();
        string output = tool.PathOf("v.bin");
        Assert.Equal(0, tool.Run("train", tool.WriteCorpus(), "-o", output, "--device", "plain", "--quiet").Code);
        byte[] good = File.ReadAllBytes(output + ".json");
        var command = App.BuildRoot(new Host(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null })).Subcommands.First(c => c.Name == "train");
        var random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 1000; i++)
        {
            byte[] bytes = [.. good[..(i % 3 == 0 ? random.Next(good.Length) : good.Length)]];
            for (int changes = random.Next(1, 4); changes > 0 && bytes.Length > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(tool.PathOf("run.json"), bytes);
            try
            {
                ConfigReader.Read(tool.PathOf("run.json"), command);
            }
            catch (Word2VecException exception)
            {
                Assert.Equal(ErrorKind.Usage, exception.Kind);
                Assert.Matches("run.json, line [0-9]+, column [0-9]+: ", exception.Message);
                refused++;
            }
        }

        Assert.InRange(refused, 500, 1000);
    }

    [Fact]
    public void The_file_may_hold_what_must_be_there_and_help_does_not_ask_for_it()
    {
        using var tool = new Tool();
        Run run = tool.Run("train", "--config", Write(tool, "{}"));
        Assert.Equal(2, run.Code);
        Assert.Equal(0, tool.Run("train", "--config", tool.PathOf("missing.json"), "--help").Code);
        string inputs = $"[\"{Json(tool.WriteCorpus("-a.txt"))}\"]", output = Json(tool.PathOf("v.bin"));
        Assert.Equal(0, tool.Run("train", "--config", Write(tool, $$"""{"corpus": {{inputs}}, "output": "{{output}}"}"""), "--quiet").Code);
    }

    private static string Write(Tool tool, string text) => tool.Write("run.json", text);

    private static string Json(string text) => JsonEncodedText.Encode(text).ToString();

    // What a record says about the run, without how it went.
    private static string Repeated(string path)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement root = record.RootElement, options = root.GetProperty("options");
        return $"{root.GetProperty("corpus")} {root.GetProperty("output")} "
            + string.Join(' ', options.EnumerateObject().Select(option => $"{option.Name}={option.Value}"));
    }
}
