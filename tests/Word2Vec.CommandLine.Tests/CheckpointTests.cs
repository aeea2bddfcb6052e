using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

/// <summary>What a user sees of checkpoints.</summary>
public class CheckpointTests
{
    [Fact]
    public void After_a_device_failed_the_same_command_with_resume_goes_on_to_the_same_bytes()
    {
        using var tool = new Tool { Gpus = [FakeGpu.FailsLater("cuda:0")] };
        string corpus = tool.WriteCorpus(), output = tool.PathOf("v.bin");
        string[] common = ["train", corpus, "--size", "10", "--epochs", "2", "--checkpoint-every", "300words"];
        Assert.Equal(0, tool.Run([.. common, "-o", tool.PathOf("whole.bin"), "--device", "plain"]).Code);

        Run failed = tool.Run([.. common, "-o", output, "--device", "cuda"]);
        Assert.Equal(5, failed.Code);
        Assert.Matches(
            @"\nword2vec: The card fell off the bus\. The first \d+\.\d % of the training are kept in .*v\.bin\.checkpoint-\d; the same command with "
            + @"--resume goes on from there\.\n$", failed.Error);
        Assert.False(File.Exists(output));

        Run resumed = tool.Run([.. common, "-o", output, "--device", "plain", "--resume", "--json"]);
        Assert.Equal(0, resumed.Code);
        Assert.Matches(@"\nresuming    from .*v\.bin\.checkpoint-\d, \d+\.\d %, epoch 1\n", resumed.Error);
        Assert.Equal(File.ReadAllBytes(tool.PathOf("whole.bin")), File.ReadAllBytes(output));
        using JsonDocument record = JsonDocument.Parse(resumed.Out);
        Assert.InRange(record.RootElement.GetProperty("resumed").GetProperty("fraction").GetDouble(), 0.01, 0.5);
        Assert.Equal("300words", record.RootElement.GetProperty("options").GetProperty("checkpoint-every").GetString());
        Assert.False(record.RootElement.GetProperty("options").TryGetProperty("resume", out _));
        Assert.Empty(Directory.GetFiles(tool.PathOf("."), "*checkpoint*"));
    }

    [Fact]
    public void Scripts_may_always_say_resume()
    {
        using var tool = new Tool();
        Run run = tool.Run("train", tool.WriteCorpus(), "-o", tool.PathOf("v.bin"), "--device", "plain", "--resume");
        Assert.Equal(0, run.Code);
        Assert.Contains("\nresuming    from the beginning: there is no checkpoint\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_training_is_not_gone_on_with()
    {
        using var tool = new Tool { Gpus = [FakeGpu.FailsLater("cuda:0")] };
        string[] common = ["train", tool.WriteCorpus(), "-o", tool.PathOf("v.bin"), "--checkpoint-every", "300words"];
        Assert.Equal(5, tool.Run([.. common, "--device", "cuda"]).Code);
        Run run = tool.Run([.. common, "--device", "plain", "--resume", "--seed", "7", "--quiet"]);
        Assert.Equal(2, run.Code);
        Assert.Contains("is of another training: --seed was 1 and is 7 now. ", run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The option --checkpoint-every is 'soon'; it must be", "--checkpoint-every", "soon")]
    [InlineData("The option --checkpoint-every is '30'; it must be", "--checkpoint-every", "30")]
    [InlineData("The option --checkpoint-every is '0s'; it must be", "--checkpoint-every", "0s")]
    [InlineData("The option --checkpoint-every is '-5min'; it must be", "--checkpoint-every", "-5min")]
    [InlineData("The option --checkpoint-every is '1e400words'; it must be", "--checkpoint-every", "1e400words")]
    [InlineData("The option --checkpoint-every is '9999999h'; it must be", "--checkpoint-every", "9999999h")]
    [InlineData("--resume and --checkpoint-every never exclude each other", "--checkpoint-every", "never", "--resume")]
    [InlineData("--checkpoint-every and --resume need a file to keep checkpoints beside", "--resume", "-o", "-", "--format", "text")]
    [InlineData("--checkpoint-every and --resume need a file to keep checkpoints beside", "--checkpoint-every", "1h", "-o", "-", "--format", "text")]
    public void What_cannot_be_is_refused_before_the_text_is_read(string message, params string[] options)
    {
        using var tool = new Tool();
        Run run = tool.Run(["train", tool.WriteCorpus(), "--device", "plain", .. options, .. options.Contains("-o") ? [] : new[] { "-o", tool.PathOf("v.bin") }]);
        Assert.Equal(2, run.Code);
        Assert.StartsWith($"word2vec: {message}", run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.5min")]
    [InlineData("2h")]
    [InlineData("1000000 words")]
    [InlineData("never")]
    public void What_can_be_is_taken(string every)
    {
        using var tool = new Tool();
        Assert.Equal(0, tool.Run("train", tool.WriteCorpus(), "-o", tool.PathOf("v.bin"), "--device", "plain", "--checkpoint-every", every).Code);
    }

    [Fact]
    public void Where_memory_is_short_there_is_no_copy_and_the_training_is_kept_all_the_same()
    {
        long needed = Memory(long.MaxValue).GetProperty("estimate").GetInt64();
        Assert.True(Memory(needed).GetProperty("checkpoint").GetInt64() > 0);
        JsonElement tight = Memory(needed - 1);
        Assert.Equal(0, tight.GetProperty("checkpoint").GetInt64());
        Assert.Equal(needed - tight.GetProperty("rows").GetInt64(), tight.GetProperty("estimate").GetInt64());

        static JsonElement Memory(long available)
        {
            using var tool = new Tool { AvailableMemory = available };
            Run run = tool.Run("train", tool.WriteCorpus(), "-o", tool.PathOf("v.bin"), "--checkpoint-every", "500words", "--json", "--threads", "1");
            Assert.DoesNotContain("warning", run.Error, StringComparison.Ordinal);
            return JsonDocument.Parse(run.Out).RootElement.GetProperty("memory");
        }
    }
}
