using System.Runtime.CompilerServices;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Queries;

/// <summary>
/// What each row is multiplied by to be a unit vector (<see cref="UnitScale"/>). The rows themselves stay where they are, in a mapped file as a
/// rule, so that an index costs four bytes a word and no copy, or nothing where the file has the scales.
/// </summary>
internal sealed unsafe class UnitScales
{
    private readonly float[]? _array;
    private readonly float* _mapped;
    private readonly List<int> _extreme = [];

    private UnitScales(float[]? array, float* mapped, int count)
    {
        _array = array;
        _mapped = mapped;
        Count = count;
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>One over the norm of each row; 0 for a row of zeros, not a number for an extreme row.</summary>
    public float this[int id] => _array is null ? _mapped[id] : _array[id];

    /// <summary>Rows too long or too short for 32-bit sums, which are to be compared one by one.</summary>
    public IReadOnlyList<int> Extreme => _extreme;

    /// <summary>Takes the first <paramref name="count"/> of the scales that <paramref name="vectors"/> came with; null if it has none.</summary>
    public static UnitScales? Of(WordVectors vectors, int count)
    {
        if (vectors.UnitScales is null)
            return null;
        using WordVectors.PinnedRows rows = vectors.PinRows();
        var scales = new UnitScales(null, vectors.UnitScales, count);
        scales.FindExtreme(new ReadOnlySpan<float>(vectors.UnitScales, count));
        return scales;
    }

    /// <summary>Measures the first <paramref name="count"/> rows of <paramref name="size"/> components, on all processors.</summary>
    public static UnitScales Measure<TVector, TLanes>(WordVectors.PinnedRows rows, int size, int count)
        where TVector : struct
        where TLanes : ILanes<TVector>
    {
        const int Block = 4096;
        var array = new float[count];
        int blocks = (count + Block - 1) / Block;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, blocks, options, block =>
            Measure<TVector, TLanes>(rows, size, array, block * Block, Math.Min(count, (block + 1) * Block)));
        var scales = new UnitScales(array, null, count);
        scales.FindExtreme(array);
        return scales;
    }

    // As a rule there are none.
    private void FindExtreme(ReadOnlySpan<float> scales)
    {
        if (VectorMath.IsFinite(scales))
            return;
        for (int id = 0; id < scales.Length; id++)
        {
            if (float.IsNaN(scales[id]))
                _extreme.Add(id);
        }
    }

    // No comparison with NaN holds, so the fast search passes over extreme rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Measure<TVector, TLanes>(WordVectors.PinnedRows rows, int size, float[] scales, int start, int end)
        where TVector : struct
        where TLanes : ILanes<TVector>
    {
        for (int id = start; id < end; id++)
        {
            float norm = MathF.Sqrt(RowProduct<TVector, TLanes>.Of(rows[id], rows[id], size));
            scales[id] = UnitScale.Of(UnitScale.IsSafe(norm) ? norm : PlainVectorMath.Norm(new ReadOnlySpan<float>(rows[id], size)));
        }
    }
}
