using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>
/// A warp's product of a 16 × 8 and an 8 × 8 matrix on a tensor core: of each factor the sign, the exponent and 10 bits of the mantissa count (TF32), sums are of 32 bits.
/// </summary>
/// <remarks>
/// NVIDIA, Parallel Thread Execution ISA, section "Matrix fragments for mma.m16n8k8". With g = lane / 4 and t = lane mod 4 a lane holds of the first factor rows g and g + 8 at
/// columns t and t + 4, of the second column g at rows t and t + 4, of the sums rows g and g + 8 at columns 2t and 2t + 1. A factor's further bits are cut off.
/// </remarks>
internal static class TensorProduct
{
    /// <summary>Lanes of a warp; rows of the first factor; columns of the second; what is summed over at a time.</summary>
    public const int Lanes = 32, Rows = 16, Columns = 8, Terms = 8;

    /// <summary>A row of a tile in shared memory, in floats: the columns of a chunk and a vector of padding. Rows side by side begin four banks apart.</summary>
    public const int Stride = 4 * (Lanes + 1);

    private const int MostResident = 6;

    /// <summary>
    /// What the assembler is told of a kernel whose shared memory lets <paramref name="groups"/> groups of <paramref name="threads"/> threads run on a multiprocessor. It takes 86 registers of its own accord, with
    /// which five run; with 80, and a word of each thread in memory, six.
    /// </summary>
    public static KernelSpecialization Resident(int threads, int groups) => new(threads, Math.Clamp(groups, 1, MostResident));

    /// <summary>A lane's part of the first factor: rows g and g + 8 at the first and at the second of its columns.</summary>
    public struct Factor
    {
        public int Upper, Lower, UpperNext, LowerNext;
    }

    /// <summary>Adds the product to a lane's sums: row g in X and Y, row g + 8 in Z and W.</summary>
    public static void Add(Factor factor, int second, int secondNext, ref Float4 sums)
    {
        Ref<float> x = sums.X, y = sums.Y, z = sums.Z, w = sums.W;
        Input<int> a0 = factor.Upper, a1 = factor.Lower, a2 = factor.UpperNext, a3 = factor.LowerNext, b0 = second, b1 = secondNext;
        CudaAsm.EmitRef(
            "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};",
            ref x, ref y, ref z, ref w, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1);
        sums = new Float4 { X = x.Value, Y = y.Value, Z = z.Value, W = w.Value };
    }
}
