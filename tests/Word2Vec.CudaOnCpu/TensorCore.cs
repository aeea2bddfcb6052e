namespace Word2Vec.CudaOnCpu;

/// <summary>
/// The product of a warp, mma.m16n8k8 of TF32 (NVIDIA, Parallel Thread Execution ISA 8.0, section 9.7.13.4.6): of the factors the sign, the exponent and the upper 10 bits of the mantissa count.
/// </summary>
internal static unsafe class TensorCore
{
    /// <summary>What a lane gives: four elements of the first factor, two of the second, four that are added to; and what it gets.</summary>
    public const int Operands = 10, Results = 4;

    private const int Rows = 16, Columns = 8, Terms = 8, SecondAt = 4, SumsAt = 6, Ignored = 0x1FFF;

    /// <summary>A lane of a warp.</summary>
    public delegate ThreadHeader* Lane(int lane);

    public static void Multiply(Lane lanes)
    {
        Span<float> first = stackalloc float[Rows * Terms], second = stackalloc float[Terms * Columns];
        for (int lane = 0; lane < 32; lane++)
        {
            int g = lane >> 2, t = lane & 3;
            int* operands = lanes(lane)->Operands;
            for (int i = 0; i < SecondAt; i++)
                first[((g + (8 * (i & 1))) * Terms) + t + (4 * (i >> 1))] = Factor(operands[i]);
            for (int i = 0; i < SumsAt - SecondAt; i++)
                second[((t + (4 * i)) * Columns) + g] = Factor(operands[SecondAt + i]);
        }

        for (int lane = 0; lane < 32; lane++)
        {
            ThreadHeader* thread = lanes(lane);
            for (int i = 0; i < Results; i++)
            {
                int row = (lane >> 2) + (8 * (i >> 1)), column = (2 * (lane & 3)) + (i & 1);
                float sum = BitConverter.Int32BitsToSingle(thread->Operands[SumsAt + i]);
                for (int k = 0; k < Terms; k++)
                    sum += first[(row * Terms) + k] * second[(k * Columns) + column];
                *(float*)((byte*)thread + thread->Targets[i]) = sum;
            }
        }
    }

    private static float Factor(int bits) => BitConverter.Int32BitsToSingle(bits & ~Ignored);
}
