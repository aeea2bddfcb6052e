using ILGPU;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Brings a tile's rows into shared memory, a chunk of columns at a time.</summary>
internal static class TileRowsOnDevice
{
    /// <summary>
    /// Loads the columns of <paramref name="chunk"/> of all rows, zeros where there is no row or no column: a row of lanes takes four slots at a time, so that
    /// four loads are under way before the first is stored.
    /// </summary>
    public static void Load<TLanes>(TileArguments a, TileMemory shared, int chunk)
        where TLanes : struct, ILaneCount
    {
        int log = default(TLanes).Log, lane = Group.IdxX & ((1 << log) - 1), row = Group.IdxX >> log, rows = Group.DimX >> log;
        int stride = (1 << log) + 1, vector = (chunk << log) + lane, contexts = a.ContextSlots, slots = contexts + a.CenterSlots + a.NegativeSlots;
        for (int slot = 4 * row; slot < slots; slot += 4 * rows)
        {
            // The matrix is chosen by a branch: of a view that is one or the other ILGPU does not know that its vectors are aligned.
            if (slot < contexts)
                Load(a.InputVectors, shared, slot, vector, a.Span.Stride / 4, slot * stride + lane, stride);
            else
                Load(a.OutputVectors, shared, slot, vector, a.Span.Stride / 4, slot * stride + lane, stride);
        }
    }

    private static void Load(ArrayView<Float4> matrix, TileMemory shared, int slot, int vector, int vectors, int target, int stride)
    {
        Float4 first = Vector(matrix, shared, slot, vector, vectors), second = Vector(matrix, shared, slot + 1, vector, vectors);
        Float4 third = Vector(matrix, shared, slot + 2, vector, vectors), fourth = Vector(matrix, shared, slot + 3, vector, vectors);
        shared.Rows[target] = first;
        shared.Rows[target + stride] = second;
        shared.Rows[target + (2 * stride)] = third;
        shared.Rows[target + (3 * stride)] = fourth;
    }

    private static Float4 Vector(ArrayView<Float4> matrix, TileMemory shared, int slot, int vector, int vectors)
    {
        int word = shared.Words[slot];
        return word >= 0 && vector < vectors ? matrix[((long)word * vectors) + vector] : default;
    }
}
