using ILGPU;
using ILGPU.Runtime;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What <see cref="PairError"/> gives on a device, without a training around it: for tests.</summary>
internal static class PairErrorProbe
{
    private const int LargestGroup = 32;

    /// <summary>The errors and losses of <paramref name="dots"/>, first with the label 1, then with 0.</summary>
    public static (float[] Errors, float[] Losses) Run(Accelerator accelerator, float[] dots)
    {
        using MemoryBuffer1D<float, Stride1D.Dense> from = accelerator.Allocate1D(dots), errors = accelerator.Allocate1D<float>(2 * dots.Length);
        using MemoryBuffer1D<float, Stride1D.Dense> losses = accelerator.Allocate1D<float>(2 * dots.Length);
        var launch = accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>>(
            accelerator.AcceleratorType == AcceleratorType.OpenCL ? Errors<MemoryArithmetic> : Errors<WarpArithmetic>);
        int groupSize = Math.Min(LargestGroup, accelerator.MaxNumThreadsPerGroup);
        launch(((2 * dots.Length + groupSize - 1) / groupSize, groupSize), from.View, errors.View, losses.View);
        return (errors.GetAsArray1D(), losses.GetAsArray1D());
    }

    /// <summary>The kernel: a thread for each number and label.</summary>
    private static void Errors<TArithmetic>(ArrayView<float> dots, ArrayView<float> errors, ArrayView<float> losses)
        where TArithmetic : struct, IDeviceArithmetic
    {
        int i = Grid.GlobalIndex.X, count = dots.IntLength;
        if (i >= 2 * count)
            return;
        errors[i] = PairError.Of<TArithmetic>(dots[i < count ? i : i - count], i < count, out float loss);
        losses[i] = loss;
    }
}
