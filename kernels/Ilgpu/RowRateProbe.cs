using ILGPU;
using ILGPU.Runtime;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Runs the kernels of <see cref="RowRates"/> once each and returns all that they did, for comparison with a plain loop.</summary>
internal static class RowRateProbe
{
    public static GpuDevices.EmulatedRates Run(Accelerator accelerator, float[] matrix, int rows, int size, int offset, int draws)
    {
        using var launcher = new RowRateLauncher(accelerator);
        using MemoryBuffer1D<Float4, Stride1D.Dense> from = accelerator.Allocate1D<Float4>(matrix.Length / 4);
        using MemoryBuffer1D<Float4, Stride1D.Dense> to = accelerator.Allocate1D<Float4>(launcher.CopyVectorsATurn * 2);
        ArrayView<float> floats = from.View.Cast<Float4, float>();
        RowDraws wanted = RowRateLauncher.Draws(rows, size, offset);
        launcher.Write(floats, matrix);
        launcher.Copy(from.View, to.View, 2);
        launcher.Gather(wanted, from.View, draws / RowRates.Together);
        float[] sums = launcher.Sums();
        launcher.Add(wanted, floats, 0.5f, draws / RowRates.Together);
        launcher.MultiplyAdd(0.5f, 1, 3);
        return new GpuDevices.EmulatedRates(
            RowRateLauncher.Key, sums, launcher.Read(floats), launcher.Read(to.View.Cast<Float4, float>()), launcher.Results()[..8]);
    }
}
