namespace Word2Vec.Kernels.Tests;

/// <summary>σ and the loss on each kind of device, against double precision.</summary>
public sealed class PairErrorTests
{
    /// <summary>A hundred thousand numbers near 0 and far from it, of either sign, and those at which something changes.</summary>
    [GpuTheory]
    [OnDevice("cuda")]
    [OnDevice("opencl")]
    [OnDevice("ilgpu-cpu")]
    public void Errors_and_losses_are_those_of_the_logistic_function(string kind)
    {
        int sweep = kind == "ilgpu-cpu" ? 500 : 50_000;
        float[] dots =
        [
            0, -0f, float.Epsilon, -float.Epsilon, 30, -30, 88, -88, 127, -150, float.MaxValue, float.MinValue,
            .. Enumerable.Range(0, sweep).Select(i => (i - (sweep / 2)) * (40f / sweep)),
            .. Enumerable.Range(0, sweep).Select(i => MathF.ScaleB((i % 2 == 0 ? 1 : -1) * (1 + ((float)i / sweep)), i % 40 - 35)),
        ];
        (float[] errors, float[] losses) = GpuDevices.PairErrors(DeviceChecks.First(kind), dots);
        for (int i = 0; i < 2 * dots.Length; i++)
        {
            double dot = dots[i % dots.Length], label = i < dots.Length ? 1 : 0, right = label == 1 ? dot : -dot;
            double loss = Math.Max(-right, 0) + Math.Log(1 + Math.Exp(-Math.Abs(right)));
            Assert.True(Math.Abs(label - (1 / (1 + Math.Exp(-dot))) - errors[i]) < 7e-7, $"error of {dot} with label {label}: {errors[i]}");
            Assert.True(Math.Abs(loss - losses[i]) <= 7e-7 + (1e-7 * loss), $"loss of {dot} with label {label}: {losses[i]}, expected {loss}");
        }
    }

    [GpuTheory]
    [OnDevice("cuda")]
    [OnDevice("opencl")]
    [OnDevice("ilgpu-cpu")]
    public void Of_no_number_they_are_none(string kind)
    {
        (float[] errors, float[] losses) = GpuDevices.PairErrors(DeviceChecks.First(kind), [float.NaN]);
        Assert.All(errors.Concat(losses), found => Assert.True(float.IsNaN(found)));
    }
}
