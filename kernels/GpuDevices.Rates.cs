using Word2Vec.Numerics;
using Word2Vec.Training;

namespace Word2Vec.Kernels;

public static partial class GpuDevices
{
    /// <summary>
    /// Measures how fast <paramref name="device"/> reads random rows, adds to random rows, copies and multiplies. Takes a few seconds and at most a
    /// quarter of the device's memory. On ILGPU's CPU accelerator it runs the kernels once with few rows, to show that they work.
    /// </summary>
    /// <exception cref="Word2VecException">The device is not one of <see cref="All"/>, fails, or computes wrong sums.</exception>
    public static partial DeviceRates MeasureRates(TrainingDevice device);

    /// <summary>The kernels that measure rates, once each on ILGPU's CPU accelerator: for tests.</summary>
    /// <param name="matrix">The rows that are read, and added to: a multiple of 16 floats each.</param>
    /// <param name="size">Floats of a row that count.</param>
    /// <param name="offset">Of Zipf's law; −1 for uniform row numbers.</param>
    /// <param name="draws">Rows for each row of lanes, a multiple of four.</param>
    internal static partial EmulatedRates EmulateRates(float[] matrix, int rows, int size, int offset, int draws);

    /// <summary>The PTX (for SM 9.0) and OpenCL C of the kernels that measure rates, compiled without a device: for tests.</summary>
    internal static partial IReadOnlyDictionary<string, string> EmitRateCode();

    /// <summary>What <see cref="EmulateRates"/> did.</summary>
    /// <param name="Key">The key of the row numbers; row of lanes l draws at the positions l · draws and after.</param>
    /// <param name="Sums">The sum that each row of lanes read.</param>
    /// <param name="Added">The matrix after 0.5 was added to each row of the draws.</param>
    /// <param name="Copied">What a copy of the matrix's beginning holds.</param>
    /// <param name="Products">The first eight threads' results of three turns of x ← x · 0.5 + 1.</param>
    internal sealed record EmulatedRates(DrawKey Key, float[] Sums, float[] Added, float[] Copied, float[] Products);
}
