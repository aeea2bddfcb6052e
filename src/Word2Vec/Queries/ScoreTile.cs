using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Queries;

/// <summary>
/// The hot loop of the search: six rows against two registers of queries. The queries lie across the lanes (component 0 of all, component 1
/// of all, …), so that a component of a row, spread over a register, serves a whole register of queries, no sum is ever taken across lanes,
/// and every pair of row and query adds up its products in the same order, whatever tile it falls into.
/// </summary>
internal static unsafe class ScoreTile<TVector, TLanes>
    where TVector : struct
    where TLanes : ILanes<TVector>
{
    /// <summary>Rows of a tile: with two registers of queries the sums take 12 registers of the 16 that AVX2 has.</summary>
    public const int Rows = 6;

    /// <summary>Queries of a tile.</summary>
    public static int Queries => 2 * TLanes.Count;

    /// <summary>
    /// Writes <see cref="Rows"/> × <see cref="Queries"/> dot products to <paramref name="scores"/>. <paramref name="queries"/> holds
    /// <paramref name="size"/> × <see cref="Queries"/> floats.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* queries, int size, float** rows, float* scores)
    {
        TVector a0 = TLanes.Broadcast(0), b0 = a0, a1 = a0, b1 = a0, a2 = a0, b2 = a0, a3 = a0, b3 = a0, a4 = a0, b4 = a0, a5 = a0, b5 = a0;
        float* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3], r4 = rows[4], r5 = rows[5];
        int half = TLanes.Count;
        for (int i = 0; i < size; i++, queries += 2 * half)
        {
            TVector a = TLanes.Load(queries), b = TLanes.Load(queries + half);
            TVector x = TLanes.Broadcast(r0[i]);
            (a0, b0) = (TLanes.MultiplyAdd(x, a, a0), TLanes.MultiplyAdd(x, b, b0));
            x = TLanes.Broadcast(r1[i]);
            (a1, b1) = (TLanes.MultiplyAdd(x, a, a1), TLanes.MultiplyAdd(x, b, b1));
            x = TLanes.Broadcast(r2[i]);
            (a2, b2) = (TLanes.MultiplyAdd(x, a, a2), TLanes.MultiplyAdd(x, b, b2));
            x = TLanes.Broadcast(r3[i]);
            (a3, b3) = (TLanes.MultiplyAdd(x, a, a3), TLanes.MultiplyAdd(x, b, b3));
            x = TLanes.Broadcast(r4[i]);
            (a4, b4) = (TLanes.MultiplyAdd(x, a, a4), TLanes.MultiplyAdd(x, b, b4));
            x = TLanes.Broadcast(r5[i]);
            (a5, b5) = (TLanes.MultiplyAdd(x, a, a5), TLanes.MultiplyAdd(x, b, b5));
        }

        Store(a0, b0, scores, 0);
        Store(a1, b1, scores, 1);
        Store(a2, b2, scores, 2);
        Store(a3, b3, scores, 3);
        Store(a4, b4, scores, 4);
        Store(a5, b5, scores, 5);
    }

    /// <summary>
    /// One bit for each query of a row whose score, times <paramref name="scale"/>, is above its threshold. The scaled scores replace the
    /// others.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ScaleAndCompare(float* scores, float scale, float* thresholds)
    {
        int half = TLanes.Count;
        TVector factor = TLanes.Broadcast(scale);
        TVector a = TLanes.Multiply(TLanes.Load(scores), factor), b = TLanes.Multiply(TLanes.Load(scores + half), factor);
        ulong above = TLanes.Above(a, TLanes.Load(thresholds)) | (TLanes.Above(b, TLanes.Load(thresholds + half)) << half);
        if (above != 0)
        {
            TLanes.Store(a, scores);
            TLanes.Store(b, scores + half);
        }

        return above;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector a, TVector b, float* scores, int row)
    {
        TLanes.Store(a, scores + row * Queries);
        TLanes.Store(b, scores + row * Queries + TLanes.Count);
    }
}
