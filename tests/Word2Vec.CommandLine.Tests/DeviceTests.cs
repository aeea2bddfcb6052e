using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

public class DeviceTests
{
    private static Run Train(Tool tool, params string[] options) =>
        tool.Run(["train", tool.WriteCorpus(), "-o", tool.PathOf("v.bin"), "--size", "4", .. options.Contains("--epochs") ? options : ["--epochs", "1", .. options]]);

    private static string DeviceThatTrained(Tool tool) =>
        JsonDocument.Parse(File.ReadAllText(tool.PathOf("v.bin.json"))).RootElement.GetProperty("device").GetString()!;

    [Fact]
    public void Auto_takes_the_processor_where_there_is_no_card_and_says_why()
    {
        using var tool = new Tool();
        Run run = Train(tool);
        Assert.Equal("cpu", DeviceThatTrained(tool));
        Assert.Contains($"no GPU: the kernels were left out of the build: {Tool.NoKernels}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("opencl:0 cuda:0 cuda:1 ilgpu-cpu:0", "cuda:0")]
    [InlineData("ilgpu-cpu:0 opencl:0", "opencl:0")]
    [InlineData("ilgpu-cpu:0 opencl:1", "cpu")]
    public void Auto_takes_cuda_before_opencl_before_the_processor_and_never_the_one_for_comparison(string there, string expected)
    {
        using var tool = new Tool { Gpus = [.. there.Split(' ').Select(FakeGpu.Working)], LeftOutReason = null };
        Assert.Equal(0, Train(tool).Code);
        Assert.Equal(expected, DeviceThatTrained(tool));
    }

    [Fact]
    public void What_is_to_be_deterministic_trains_on_the_processor_with_the_same_bytes_for_any_number_of_threads()
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("cuda:0")], LeftOutReason = null };
        Assert.Equal(0, Train(tool, "--deterministic", "--threads", "1").Code);
        Assert.Equal("cpu", DeviceThatTrained(tool));
        byte[] one = File.ReadAllBytes(tool.PathOf("v.bin"));
        Assert.Equal(0, Train(tool, "--deterministic", "--threads", "3").Code);
        Assert.Equal(one, File.ReadAllBytes(tool.PathOf("v.bin")));
        Run refused = Train(tool, "--deterministic", "--device", "cuda");
        Assert.Equal(2, refused.Code);
        Assert.Contains("--deterministic cannot be kept on --device cuda", refused.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_driver_auto_takes_the_processor_without_a_search_and_a_card_that_is_asked_for_is_searched_for()
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("cuda:0")], LeftOutReason = null, MayHaveCard = () => false };
        Run run = Train(tool);
        Assert.Equal("cpu", DeviceThatTrained(tool));
        Assert.Contains("no GPU: no graphics card was found, by CUDA or OpenCL", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, tool.Searches);
        Assert.Equal(0, Train(tool, "--device", "cuda").Code);
        Assert.Equal("cuda:0", DeviceThatTrained(tool));
        Assert.Equal(1, tool.Searches);
    }

    [Theory]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:1", "cuda:1")]
    [InlineData("ilgpu-cpu", "ilgpu-cpu:0")]
    [InlineData("plain", "plain")]
    [InlineData("cpu", "cpu")]
    public void A_device_is_found_by_kind_or_by_kind_and_index(string asked, string expected)
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("cuda:0"), FakeGpu.Working("cuda:1"), FakeGpu.Working("ilgpu-cpu:0")] };
        Assert.Equal(0, Train(tool, "--device", asked).Code);
        Assert.Equal(expected, DeviceThatTrained(tool));
    }

    [Fact]
    public void Fallback_trains_on_the_processor_where_the_device_is_not_there()
    {
        using var tool = new Tool();
        Run run = Train(tool, "--device", "cuda", "--fallback", "cpu", "--quiet");
        Assert.Equal((0, "cpu"), (run.Code, DeviceThatTrained(tool)));
        Assert.StartsWith("warning: The device cuda is not there", run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--device cuda", false, 5)]
    [InlineData("--device cuda --fallback cpu", false, 0)]
    [InlineData("--device auto", false, 0)]
    [InlineData("--device cuda", true, 5)]
    [InlineData("--device cuda --fallback cpu", true, 0)]
    [InlineData("--device auto", true, 5)]
    [InlineData("--device auto --fallback cpu", true, 0)]
    public void A_device_that_fails_is_an_error_unless_the_processor_may_take_over(string options, bool later, int code)
    {
        using var tool = new Tool { Gpus = [later ? FakeGpu.FailsLater("cuda:0") : FakeGpu.Broken("cuda:0")], LeftOutReason = null };
        Run run = Train(tool, [.. options.Split(' '), "--quiet"]);
        Assert.Equal(code, run.Code);
        Assert.Contains(later ? "The card fell off the bus." : "The device cuda:0 failed: out of", run.Error, StringComparison.Ordinal);
        Assert.Equal(code == 0, File.Exists(tool.PathOf("v.bin")));
        if (code == 0)
            Assert.Equal("cpu", DeviceThatTrained(tool));
    }

    [Fact]
    public void A_device_that_fails_later_is_replaced_from_where_its_weights_last_came_back_and_the_record_says_so()
    {
        using var tool = new Tool { Gpus = [FakeGpu.FailsInSecondEpoch("cuda:0")], LeftOutReason = null };
        Run run = Train(tool, "--epochs", "4", "--device", "cuda", "--fallback", "cpu", "--quiet");
        Assert.Equal(0, run.Code);
        Assert.Equal(
            "warning: The device cuda:0 failed: lost the device. Training on the CPU from 25.0 %, epoch 2, where its weights last came back whole.",
            run.ErrorLine);
        JsonElement record = JsonDocument.Parse(File.ReadAllText(tool.PathOf("v.bin.json"))).RootElement, fallback = record.GetProperty("fallback");
        Assert.Equal(("cpu", 4), (record.GetProperty("device").GetString(), record.GetProperty("loss").GetArrayLength()));
        Assert.Equal("cuda:0", fallback.GetProperty("from").GetString());
        Assert.Equal("The device cuda:0 failed: lost the device.", fallback.GetProperty("reason").GetString());
        Assert.Equal((1, 0L, 0.25), (fallback.GetProperty("epoch").GetInt32(), fallback.GetProperty("position").GetInt64(), fallback.GetProperty("fraction").GetDouble()));
        JsonElement memory = record.GetProperty("memory");
        Assert.Equal(memory.GetProperty("rows").GetInt64(), memory.GetProperty("copy").GetInt64());
    }

    [Theory]
    [InlineData("--device auto", "cuda:0")]
    [InlineData("--device cuda --fallback cpu", "cuda:0")]
    [InlineData("--device opencl --fallback cpu", "opencl")]
    public void A_device_that_never_began_is_in_the_record_too(string options, string expected)
    {
        using var tool = new Tool { Gpus = [FakeGpu.Broken("cuda:0")], LeftOutReason = null };
        Assert.Equal(0, Train(tool, options.Split(' ')).Code);
        JsonElement fallback = JsonDocument.Parse(File.ReadAllText(tool.PathOf("v.bin.json"))).RootElement.GetProperty("fallback");
        Assert.Equal((expected, 0.0), (fallback.GetProperty("from").GetString(), fallback.GetProperty("fraction").GetDouble()));
    }

    [Fact]
    public void A_device_that_never_failed_leaves_no_fallback_in_the_record()
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("cuda:0")], LeftOutReason = null };
        Assert.Equal(0, Train(tool, "--device", "cuda", "--fallback", "cpu").Code);
        Assert.False(JsonDocument.Parse(File.ReadAllText(tool.PathOf("v.bin.json"))).RootElement.TryGetProperty("fallback", out _));
    }

    [Fact]
    public void A_device_that_fails_without_a_fallback_leaves_the_files_as_they_were_and_says_what_to_try()
    {
        using var tool = new Tool { Gpus = [FakeGpu.FailsInSecondEpoch("cuda:0")], LeftOutReason = null };
        tool.Write("v.bin", "vectors of before");
        tool.Write("v.bin.json", "a record of before");
        Run run = Train(tool, "--epochs", "4", "--device", "cuda", "--quiet", "--save-vocabulary", tool.PathOf("words.txt"), "--no-cache");
        Assert.Equal(5, run.Code);
        Assert.Equal(
            "word2vec: The device cuda:0 failed: lost the device. Try --device cpu, or --fallback cpu to go on there by itself.", run.ErrorLine);
        Assert.Equal("vectors of before", File.ReadAllText(tool.PathOf("v.bin")));
        Assert.Equal("a record of before", File.ReadAllText(tool.PathOf("v.bin.json")));
        Assert.Equal(["corpus.txt", "v.bin", "v.bin.json"], Directory.GetFileSystemEntries(tool.PathOf(".")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_copy_that_a_fallback_needs_counts_as_memory_only_where_there_may_be_one()
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("cuda:0")], LeftOutReason = null };
        Assert.Contains("rows 0.0 MB, their copy for --fallback 0.0 MB, ", Train(tool, "--device", "cuda", "--fallback", "cpu").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--fallback", Train(tool, "--device", "cuda").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--fallback", Train(tool, "--device", "cpu", "--fallback", "cpu").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_lists_them_with_driver_and_memory_and_says_why_kernels_are_missing()
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("cuda:0")] };
        Run run = tool.Run("devices");
        Assert.Equal(0, run.Code);
        Assert.Equal(["device", "cpu", "plain", "cuda:0"], run.OutLines.Select(line => line.Split(' ')[0]));
        Assert.Matches("cuda:0 +a card for tests +8.0 GiB +driver 1.2$", run.OutLines[3]);
        Assert.Contains(Tool.NoKernels, run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_as_json_marks_the_one_that_auto_takes()
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("cuda:0")], LeftOutReason = null };
        JsonElement root = JsonDocument.Parse(tool.Run("devices", "--json").Out).RootElement;
        Assert.Equal(JsonValueKind.Null, root.GetProperty("left-out").ValueKind);
        JsonElement chosen = Assert.Single(root.GetProperty("devices").EnumerateArray(), device => device.GetProperty("auto").GetBoolean());
        Assert.Equal("cuda:0", chosen.GetProperty("id").GetString());
        Assert.Equal(8L << 30, chosen.GetProperty("memory").GetInt64());
    }

    [Fact]
    public void Rates_are_measured_on_what_ILGPU_reaches_and_refused_elsewhere()
    {
        using var tool = new Tool { Gpus = Kernels.GpuDevices.All, LeftOutReason = Kernels.GpuDevices.LeftOutReason };
        Run refused = tool.Run("devices", "--rates", "cpu");
        Assert.Equal(5, refused.Code);
        Assert.NotEqual("", refused.ErrorLine);
        if (Kernels.GpuDevices.LeftOutReason is not null)
            return;
        Assert.Contains("The rates of cpu cannot be measured", refused.Error, StringComparison.Ordinal);
        JsonElement[] rates = [.. JsonDocument.Parse(tool.Run("devices", "--rates", "ilgpu-cpu", "--json").Out).RootElement.GetProperty("rates").EnumerateArray()];
        Assert.Equal(9, rates.Length);
        Assert.All(rates[..7], rate => Assert.True(rate.GetProperty("rows-per-second").GetDouble() > 0));
        Assert.True(rates[7].GetProperty("gigabytes-per-second").GetDouble() > 0);
        Assert.True(rates[8].GetProperty("gigaflops-per-second").GetDouble() > 0);
        Assert.Matches("^gather +uniform +100 ", tool.Run("devices", "--rates", "ilgpu-cpu").OutLines[1]);
    }
}
