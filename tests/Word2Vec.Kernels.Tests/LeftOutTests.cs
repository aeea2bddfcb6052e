namespace Word2Vec.Kernels.Tests;

public class LeftOutTests
{
    [Fact]
    public void Kernels_that_were_left_out_say_why_in_one_line_and_offer_no_device()
    {
        if (GpuDevices.LeftOutReason is not { } reason)
        {
            return;
        }
        Assert.NotEqual("", reason);
        Assert.DoesNotContain('\n', reason);
        Assert.Empty(GpuDevices.All);
    }

    [GpuFact]
    public void Kernels_that_are_in_run_at_least_on_ILGPUs_own_CPU_accelerator() =>
        Assert.Contains(GpuDevices.All, device => device.Id.StartsWith("ilgpu-cpu", StringComparison.Ordinal));

    [DeviceFact("cuda")]
    public void A_cuda_device_names_its_driver() =>
        Assert.All(GpuDevices.All.Where(device => device.Id.StartsWith("cuda", StringComparison.Ordinal)), device => Assert.NotEqual("", device.Driver));
}
