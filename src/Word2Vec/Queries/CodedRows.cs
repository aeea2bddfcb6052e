using System.Runtime.CompilerServices;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Queries;

/// <summary>The codes of one block of rows, made anew for each block; one for each thread.</summary>
internal sealed unsafe class CodedRows<TVector, TLanes, TByteLanes> : IDisposable
    where TVector : struct
    where TLanes : ILanes<TVector>
    where TByteLanes : IByteLanes<TVector>
{
    private const int GreatestCode = 127;

    private readonly int _size;
    private readonly ScratchMemory _memory;

    /// <summary>Makes room for <paramref name="capacity"/> rows.</summary>
    public CodedRows(int size, int capacity)
    {
        (_size, Capacity) = (size, capacity);
        Stride = ComponentCodes<TVector, TLanes, TByteLanes>.Stride(size);
        int pieces = ComponentCodes<TVector, TLanes, TByteLanes>.Pieces(size);
        long codes = (long)Stride * capacity + 64, starts = sizeof(int) * (long)capacity * pieces, floats = sizeof(float) * (long)capacity;
        _memory = new ScratchMemory(codes + starts + 2 * floats, 4);
        Codes = (sbyte*)_memory.Take(codes);
        Starts = (int*)_memory.Take(starts);
        Scales = (float*)_memory.Take(floats);
        Errors = (float*)_memory.Take(floats);
    }

    /// <summary>The most rows of a block.</summary>
    public int Capacity { get; }

    /// <summary>Bytes from one row's codes to the next.</summary>
    public int Stride { get; }

    /// <summary>The codes, row after row.</summary>
    public sbyte* Codes { get; }

    /// <summary>What the sums of each row start from: all rows for the first piece, then all for the next.</summary>
    public int* Starts { get; }

    /// <summary>
    /// What each row, as a unit vector, was multiplied by; not a number for an extreme row, so that no comparison picks it.
    /// </summary>
    public float* Scales { get; }

    /// <summary>The norm of what rounding changed in each row.</summary>
    public float* Errors { get; }

    /// <summary>Codes the rows from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(WordVectors.PinnedRows rows, UnitScales scales, int start, int end)
    {
        for (int id = start; id < end; id++)
        {
            int row = id - start;
            (float factor, Errors[row]) = ComponentCodes<TVector, TLanes, TByteLanes>.Encode(
                rows[id], _size, GreatestCode, Codes + (long)row * Stride, Starts + row, Capacity);
            // A row of zeros has no scale; its products are 0 at any.
            Scales[row] = scales[id] == 0 ? 1 : factor / scales[id];
        }
    }

    public void Dispose() => _memory.Dispose();
}
