using System.Runtime.CompilerServices;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Queries;

/// <summary>
/// What each row is multiplied by to be a unit vector. The rows themselves stay where they are, in a mapped file as a rule, so that an
/// index costs four bytes a word and no copy.
/// </summary>
internal sealed unsafe class UnitScales
{
    // Within these a product of a row with a unit vector neither overflows nor vanishes. Training stays far inside.
    private const float Shortest = 1e-15f;
    private const float Longest = 1e15f;

    private readonly float[] _scales;
    private readonly List<int> _extreme = [];

    private UnitScales(int count) => _scales = new float[count];

    /// <summary>The number of rows.</summary>
    public int Count => _scales.Length;

    /// <summary>One over the norm of each row; 0 for a row of zeros, not a number for an extreme row.</summary>
    public float this[int id] => _scales[id];

    /// <summary>Rows too long or too short for 32-bit sums, which are to be compared one by one.</summary>
    public IReadOnlyList<int> Extreme => _extreme;

    /// <summary>Measures the first <paramref name="count"/> rows of <paramref name="size"/> components, on all processors.</summary>
    public static UnitScales Measure<TVector, TLanes>(WordVectors.PinnedRows rows, int size, int count)
        where TVector : struct
        where TLanes : ILanes<TVector>
    {
        const int Block = 4096;
        var scales = new UnitScales(count);
        int blocks = (count + Block - 1) / Block;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, blocks, options, block =>
            scales.Measure<TVector, TLanes>(rows, size, block * Block, Math.Min(count, (block + 1) * Block)));
        for (int id = 0; id < count; id++)
        {
            if (float.IsNaN(scales._scales[id]))
                scales._extreme.Add(id);
        }

        return scales;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Measure<TVector, TLanes>(WordVectors.PinnedRows rows, int size, int start, int end)
        where TVector : struct
        where TLanes : ILanes<TVector>
    {
        for (int id = start; id < end; id++)
        {
            float norm = MathF.Sqrt(RowProduct<TVector, TLanes>.Of(rows[id], rows[id], size));
            if (norm is not (>= Shortest and <= Longest))
                norm = PlainVectorMath.Norm(new ReadOnlySpan<float>(rows[id], size));
            // A row of zeros is similar to nothing: its cosines are 0. No comparison with NaN holds, so the fast search passes over extreme
            // rows.
            _scales[id] = norm == 0 ? 0 : norm is >= Shortest and <= Longest ? 1 / norm : float.NaN;
        }
    }
}
