using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// The exact nearest neighbours of every row among all rows: small matrix products rule out nearly all, what stays goes into a heap a row.
/// <see cref="PlainNeighborSearch"/> says the same in plain loops.
/// </summary>
internal static unsafe class NeighborSearch
{
    private const int BlockRows = 96;

    /// <summary>
    /// Finds <paramref name="size"/> neighbours of each row, fewer than there are rows; <paramref name="done"/> hears how many rows were
    /// finished, from any thread.
    /// </summary>
    public static NeighborLists Find(PointRows points, int size, Action<int>? done = null)
    {
        var lists = new NeighborLists(size, new int[checked(points.Count * size)], new float[checked(points.Count * size)]);
        if (size == 0)
            return lists;
        using var panels = new PointPanels(points);
        Parallel.For(0, Multiples.RoundUp(points.Count, BlockRows) / BlockRows, points.Parallelism, block =>
        {
            int start = block * BlockRows, count = Math.Min(BlockRows, points.Count - start);
            Search(panels, start, count, lists);
            Measure(points, start, count, lists);
            done?.Invoke(count);
        });
        return lists;
    }

    private static void Search(PointPanels panels, int start, int count, NeighborLists lists)
    {
        const int Tile = MatrixTile<float>.Rows;
        int width = PointPanels.Width;
        long rowBytes = sizeof(float) * (long)BlockRows * panels.Depth, productBytes = sizeof(float) * (long)Tile * width;
        using var memory = new ScratchMemory(rowBytes + productBytes, 2);
        float* rows = (float*)memory.Take(rowBytes), products = (float*)memory.Take(productBytes);
        panels.Load(start, count, rows);
        var heaps = new NeighborHeap[count];
        for (int i = 0; i < count; i++)
        {
            int first = (start + i) * lists.Size;
            heaps[i] = new NeighborHeap(lists.Ids.AsMemory(first, lists.Size), lists.Squares.AsMemory(first, lists.Size));
        }

        for (int panel = 0; panel < panels.Count; panel++)
        {
            for (int row = 0; row < count; row += Tile)
            {
                panels.Multiply(rows + (long)row * panels.Depth, panel, products);
                for (int i = 0; i < Math.Min(Tile, count - row); i++)
                    Offer(heaps[row + i], products + i * width, panel * width, start + row + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Offer(NeighborHeap heap, float* scores, int first, int self)
    {
        for (int i = 0; i < PointPanels.Width; i += Vector<float>.Count)
        {
            if (!Vector.GreaterThanAny(Vector.Load(scores + i), new Vector<float>(heap.Least)))
                continue;
            for (int lane = i; lane < i + Vector<float>.Count; lane++)
            {
                if (scores[lane] > heap.Least && first + lane != self)
                    heap.Add(scores[lane], first + lane);
            }
        }
    }

    // The products were good enough to choose; distances come from the differences, whose digits do not cancel out.
    private static void Measure(PointRows points, int start, int count, NeighborLists lists)
    {
        float[] row = new float[points.Size], other = new float[points.Size];
        var keys = new (float Square, int Id)[lists.Size];
        for (int id = start; id < start + count; id++)
        {
            points.Copy(id, row);
            Span<int> ids = lists.Ids.AsSpan(id * lists.Size, lists.Size);
            for (int i = 0; i < keys.Length; i++)
            {
                points.Copy(ids[i], other);
                TensorPrimitives.Subtract(row, other, other);
                keys[i] = (TensorPrimitives.SumOfSquares<float>(other), ids[i]);
            }

            Array.Sort(keys);
            for (int i = 0; i < keys.Length; i++)
                (lists.Squares[id * lists.Size + i], ids[i]) = keys[i];
        }
    }
}
