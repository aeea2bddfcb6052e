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
        // Indices in views of their own are constants, so that the addresses are offsets.
        ArrayView<int> words = shared.Words.SubView(slot, 4);
        ArrayView<Float4> rows = shared.Rows.SubView(target, (3 * stride) + 1), columns = From(matrix, IntrinsicMath.Min(vector, vectors - 1));
        Float4 first = Vector(columns, words[0], vector, vectors), second = Vector(columns, words[1], vector, vectors);
        Float4 third = Vector(columns, words[2], vector, vectors), fourth = Vector(columns, words[3], vector, vectors);
        rows[0] = first;
        rows[stride] = second;
        rows[2 * stride] = third;
        rows[3 * stride] = fourth;
    }

    private static ArrayView<Float4> From(ArrayView<Float4> matrix, int vector) => matrix.SubView(vector, matrix.Length - vector);

    private static Float4 Vector(ArrayView<Float4> columns, int word, int vector, int vectors) =>
        word >= 0 && vector < vectors ? columns[SpanArguments.Offset(word, vectors)] : default;
}
