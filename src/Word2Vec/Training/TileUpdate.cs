using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// The changes of a tile, a register's width of columns of all its rows at a time. The old values of the columns lie side by side in the first-level
/// cache meanwhile, as does what the contexts gather.
/// </summary>
internal sealed unsafe class TileUpdate<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly float* _contexts;
    private readonly float* _contextChanges;
    private readonly float* _centers;
    private readonly float* _negatives;

    /// <summary><paramref name="memory"/> has room for <see cref="Floats"/>.</summary>
    public TileUpdate(float* memory, TileShape tile, TileRows largest)
    {
        _contexts = memory;
        _contextChanges = _contexts + largest.MostContexts * TLanes.Count;
        _centers = _contextChanges + largest.MostContexts * TLanes.Count;
        _negatives = _centers + tile.Centers * TLanes.Count;
    }

    /// <summary>The memory that the largest tile needs.</summary>
    public static long Floats(TileShape tile, TileRows largest) =>
        (2L * largest.MostContexts + tile.Centers + largest.Negatives.RowCount) * TLanes.Count;

    /// <summary>Changes a register's width of columns of all rows, from <paramref name="offset"/> on.</summary>
    public void Column(TileRows tile, int offset, float* centerGradients, float* negativeGradients)
    {
        TileNegatives negatives = tile.Negatives;
        Take(negatives.Rows, negatives.RowCount, offset, _negatives);
        Take(tile.Centers, tile.CenterCount, offset, _centers);
        int k = 0;
        for (; k + 8 <= negatives.RowCount; k += 8)
            Eight(negatives, k, offset, negativeGradients + k);
        for (; k < negatives.RowCount; k += 4)
            Four(negatives, k, offset, negativeGradients + k);
        Centers(tile, offset, centerGradients);
        if (tile.Frozen is { } frozen)
            AddUnfrozen(tile, frozen, offset);
        else
            AddChanges(tile, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Take(float** rows, int count, int offset, float* columns)
    {
        for (int i = 0; i < count; i++, columns += TLanes.Count)
            TLanes.Store(TLanes.Load(rows[i] + offset), columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(float* row, TVector change) => TLanes.Store(TLanes.Add(TLanes.Load(row), change), row);

    /// <summary>What eight negatives and the contexts say to each other; the first block takes the contexts' old values as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Eight(TileNegatives negatives, int block, int offset, float* gradients)
    {
        TVector t0 = TLanes.Broadcast(0), t1 = t0, t2 = t0, t3 = t0, t4 = t0, t5 = t0, t6 = t0, t7 = t0;
        float* n = _negatives + block * TLanes.Count;
        float* x = _contexts;
        float* changes = _contextChanges;
        float** row = negatives.Contexts;
        float** end = row + negatives.ContextCount;
        int stride = negatives.Stride;
        for (; row < end; row++, x += TLanes.Count, changes += TLanes.Count, gradients += stride)
        {
            TVector context, change;
            if (block == 0)
            {
                (context, change) = (TLanes.Load(*row + offset), TLanes.Broadcast(0));
                TLanes.Store(context, x);
            }
            else
            {
                (context, change) = (TLanes.Load(x), TLanes.Load(changes));
            }


            TVector g = TLanes.Broadcast(gradients[0]);
            (change, t0) = (TLanes.MultiplyAdd(g, TLanes.Load(n), change), TLanes.MultiplyAdd(g, context, t0));
            g = TLanes.Broadcast(gradients[1]);
            (change, t1) = (TLanes.MultiplyAdd(g, TLanes.Load(n + TLanes.Count), change), TLanes.MultiplyAdd(g, context, t1));
            g = TLanes.Broadcast(gradients[2]);
            (change, t2) = (TLanes.MultiplyAdd(g, TLanes.Load(n + 2 * TLanes.Count), change), TLanes.MultiplyAdd(g, context, t2));
            g = TLanes.Broadcast(gradients[3]);
            (change, t3) = (TLanes.MultiplyAdd(g, TLanes.Load(n + 3 * TLanes.Count), change), TLanes.MultiplyAdd(g, context, t3));
            g = TLanes.Broadcast(gradients[4]);
            (change, t4) = (TLanes.MultiplyAdd(g, TLanes.Load(n + 4 * TLanes.Count), change), TLanes.MultiplyAdd(g, context, t4));
            g = TLanes.Broadcast(gradients[5]);
            (change, t5) = (TLanes.MultiplyAdd(g, TLanes.Load(n + 5 * TLanes.Count), change), TLanes.MultiplyAdd(g, context, t5));
            g = TLanes.Broadcast(gradients[6]);
            (change, t6) = (TLanes.MultiplyAdd(g, TLanes.Load(n + 6 * TLanes.Count), change), TLanes.MultiplyAdd(g, context, t6));
            g = TLanes.Broadcast(gradients[7]);
            (change, t7) = (TLanes.MultiplyAdd(g, TLanes.Load(n + 7 * TLanes.Count), change), TLanes.MultiplyAdd(g, context, t7));
            TLanes.Store(change, changes);
        }

        float** rows = negatives.Rows + block;
        AddTo(rows[0] + offset, t0);
        AddTo(rows[1] + offset, t1);
        AddTo(rows[2] + offset, t2);
        AddTo(rows[3] + offset, t3);
        AddTo(rows[4] + offset, t4);
        AddTo(rows[5] + offset, t5);
        AddTo(rows[6] + offset, t6);
        AddTo(rows[7] + offset, t7);
    }

    /// <summary>The same for four negatives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Four(TileNegatives negatives, int block, int offset, float* gradients)
    {
        float* n = _negatives + block * TLanes.Count;
        TVector n0 = TLanes.Load(n), n1 = TLanes.Load(n + TLanes.Count), n2 = TLanes.Load(n + 2 * TLanes.Count), n3 = TLanes.Load(n + 3 * TLanes.Count);
        TVector t0 = TLanes.Broadcast(0), t1 = t0, t2 = t0, t3 = t0;
        float* x = _contexts;
        float* changes = _contextChanges;
        float** row = negatives.Contexts;
        float** end = row + negatives.ContextCount;
        int stride = negatives.Stride;
        for (; row < end; row++, x += TLanes.Count, changes += TLanes.Count, gradients += stride)
        {
            TVector context, change;
            if (block == 0)
            {
                (context, change) = (TLanes.Load(*row + offset), TLanes.Broadcast(0));
                TLanes.Store(context, x);
            }
            else
            {
                (context, change) = (TLanes.Load(x), TLanes.Load(changes));
            }


            TVector g = TLanes.Broadcast(gradients[0]);
            (change, t0) = (TLanes.MultiplyAdd(g, n0, change), TLanes.MultiplyAdd(g, context, t0));
            g = TLanes.Broadcast(gradients[1]);
            (change, t1) = (TLanes.MultiplyAdd(g, n1, change), TLanes.MultiplyAdd(g, context, t1));
            g = TLanes.Broadcast(gradients[2]);
            (change, t2) = (TLanes.MultiplyAdd(g, n2, change), TLanes.MultiplyAdd(g, context, t2));
            g = TLanes.Broadcast(gradients[3]);
            (change, t3) = (TLanes.MultiplyAdd(g, n3, change), TLanes.MultiplyAdd(g, context, t3));
            TLanes.Store(change, changes);
        }

        float** rows = negatives.Rows + block;
        AddTo(rows[0] + offset, t0);
        AddTo(rows[1] + offset, t1);
        AddTo(rows[2] + offset, t2);
        AddTo(rows[3] + offset, t3);
    }

    /// <summary>What each center and the contexts of its window say to each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Centers(TileRows tile, int offset, float* gradients)
    {
        float* contexts = _contexts;
        float* allChanges = _contextChanges;
        float* centers = _centers;
        for (int i = 0; i < tile.CenterCount; i++, centers += TLanes.Count)
        {
            CenterWindow window = tile.Windows[i];
            TVector center = TLanes.Load(centers), change = TLanes.Broadcast(0);
            int c = window.Begin * TLanes.Count, own = window.Center * TLanes.Count, end = window.End * TLanes.Count;
            for (; c < own; c += TLanes.Count)
            {
                TVector g = TLanes.Broadcast(*gradients++);
                change = TLanes.MultiplyAdd(g, TLanes.Load(contexts + c), change);
                TLanes.Store(TLanes.MultiplyAdd(g, center, TLanes.Load(allChanges + c)), allChanges + c);
            }

            for (c += TLanes.Count; c < end; c += TLanes.Count)
            {
                TVector g = TLanes.Broadcast(*gradients++);
                change = TLanes.MultiplyAdd(g, TLanes.Load(contexts + c), change);
                TLanes.Store(TLanes.MultiplyAdd(g, center, TLanes.Load(allChanges + c)), allChanges + c);
            }

            AddTo(tile.Centers[i] + offset, change);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddChanges(TileRows tile, int offset)
    {
        float* changes = _contextChanges;
        for (int c = 0; c < tile.ContextCount; c++, changes += TLanes.Count)
            AddTo(tile.Contexts[c] + offset, TLanes.Load(changes));
    }

    /// <summary>The same but for the frozen rows, which not even a zero is added to: it would change the sign of theirs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddUnfrozen(TileRows tile, bool[] frozen, int offset)
    {
        float* changes = _contextChanges;
        for (int c = 0; c < tile.ContextCount; c++, changes += TLanes.Count)
        {
            if (!frozen[c])
                AddTo(tile.Contexts[c] + offset, TLanes.Load(changes));
        }
    }
}
