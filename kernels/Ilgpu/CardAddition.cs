using ILGPU.Runtime.Cuda;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Atomic additions to the global memory of a CUDA card, by address: of one float, and from SM 9.0 on (<see cref="CudaTarget"/>) of two or four side by side as one instruction.</summary>
/// <remarks>
/// NVIDIA, Parallel Thread Execution ISA 8.1, instruction <c>red</c>. The address is a multiple of the bytes that are added; each float of a vector is added atomically, the vector as a whole is not.
/// </remarks>
internal static class CardAddition
{
    /// <summary>The address of row <paramref name="row"/> of a matrix that begins at <paramref name="matrix"/>, its rows <paramref name="bytes"/> apart.</summary>
    public static long Row(long matrix, int row, int bytes) => matrix + SpanArguments.Offset(row, bytes);

    /// <summary>Adds a float.</summary>
    public static void Add(long address, float change) => CudaAsm.Emit("red.relaxed.gpu.global.add.f32 [%0], %1;", address, change);

    /// <summary>Adds two floats.</summary>
    public static void Add(long address, float first, float second) => CudaAsm.Emit("red.relaxed.gpu.global.add.v2.f32 [%0], {%1, %2};", address, first, second);

    /// <summary>Adds four floats.</summary>
    public static void Add(long address, Float4 changes) =>
        CudaAsm.Emit("red.relaxed.gpu.global.add.v4.f32 [%0], {%1, %2, %3, %4};", address, changes.X, changes.Y, changes.Z, changes.W);
}
