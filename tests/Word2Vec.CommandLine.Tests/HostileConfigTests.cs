using System.Text;
using Word2Vec.Tests.Shared;

namespace Word2Vec.CommandLine.Tests;

public class HostileConfigTests
{
    private const string Good = """
        {
          // all kinds of values
          "tool": "word2vec 1.0",
          "corpus": ["reviews.txt", "mails"],
          "output": "reviews.bin",
          "options": { "size": 200, "learning-rate": 2.5e-2, "seed": 18446744073709551615, "tokenizer": "text", "device": "cpu", "no-cache": true },
          "loss": [2.5, 1.25], "memory": { "peak": 123456789 },
        }
        """;

    [Fact]
    public void A_damaged_file_of_options_gives_an_error_in_a_line_and_nothing_else()
    {
        using var tool = new Tool();
        byte[] good = Encoding.UTF8.GetBytes(Good);
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 1000; i++)
            refused += Try(tool, Mutation.Of(good, random), $"mutant {i}") == 2 ? 1 : 0;
        for (int length = 0; length < good.Length; length++)
            Assert.Equal(2, Try(tool, good[..length], $"the first {length} bytes"));
        Assert.InRange(refused, 300, 999);
        Assert.Equal(3, Try(tool, good, "the whole file"));
    }

    [Fact]
    public void Depth_and_length_of_a_file_of_options_do_no_harm()
    {
        using var tool = new Tool();
        string[] files =
        [
            new string('[', 100_000), "{\"options\":" + new string('[', 1000) + new string(']', 1000) + "}",
            $"{{\"options\":{{\"{new string('x', 1 << 20)}\":1}}}}", $"{{\"options\":{{\"size\":{new string('9', 1 << 20)}}}}}",
            $"{{\"output\":\"{new string('y', 1 << 20)}\"", "{\"options\":{\"size\":\"\\u0000\\u001b[31m\"}}",
        ];
        foreach (string file in files)
            Assert.Equal(2, Try(tool, Encoding.UTF8.GetBytes(file), file[..Math.Min(60, file.Length)]));
    }

    // The corpus is missing, so that nothing is trained where the file is good: the exit code is 3 then.
    private static int Try(Tool tool, byte[] config, string what)
    {
        string path = tool.PathOf("run.json");
        File.WriteAllBytes(path, config);
        Run run = tool.Run("train", tool.PathOf("missing.txt"), "-o", tool.PathOf("v.bin"), "--config", path);
        Assert.True(run is { Code: 2 or 3, Out: "" }, $"{what}: exit code {run.Code}, {run.Error}");
        Assert.StartsWith("word2vec: ", run.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain(run.ErrorLine, char.IsControl);
        Assert.InRange(run.ErrorLine.Length, 20, 4100);
        return run.Code;
    }
}
