using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Queries;

/// <summary>
/// The hot loop of the search: six coded rows against two registers of coded queries. Each lane is a query, which takes four components at
/// a time, so that four components of a row, spread over a register, serve a whole register of queries and no sum is taken across lanes.
/// </summary>
/// <remarks>
/// The sums are kept modulo 2^16 and are nevertheless exact: by Cauchy and Schwarz a sum of products, and the sum of some of them, stays
/// within the product of the norms, which <see cref="ComponentCodes{TVector, TLanes, TByteLanes}"/> limits.
/// </remarks>
internal static unsafe class ScoreTile<TVector, TLanes, TByteLanes>
    where TVector : struct
    where TLanes : ILanes<TVector>
    where TByteLanes : IByteLanes<TVector>
{
    /// <summary>Rows of a tile: with two registers of queries the sums take 12 registers of the 16 that AVX2 has.</summary>
    public const int Rows = 6;

    /// <summary>Queries of a tile.</summary>
    public static int Queries => 2 * TLanes.Count;

    /// <summary>
    /// Writes <see cref="Rows"/> × <see cref="Queries"/> products of <paramref name="length"/> components to <paramref name="scores"/>, or
    /// adds them to what is there. <paramref name="queries"/> holds <paramref name="length"/> × <see cref="Queries"/> bytes,
    /// <paramref name="rows"/> begins six rows that lie <paramref name="stride"/> bytes apart, and <paramref name="starts"/> has what their
    /// sums start from.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply(byte* queries, int length, sbyte* rows, int stride, int* starts, float* scores, bool add)
    {
        TVector a0 = TByteLanes.BroadcastFour(starts[0]), b0 = a0, a1 = TByteLanes.BroadcastFour(starts[1]), b1 = a1;
        TVector a2 = TByteLanes.BroadcastFour(starts[2]), b2 = a2, a3 = TByteLanes.BroadcastFour(starts[3]), b3 = a3;
        TVector a4 = TByteLanes.BroadcastFour(starts[4]), b4 = a4, a5 = TByteLanes.BroadcastFour(starts[5]), b5 = a5;
        int register = TLanes.Count * 4;
        sbyte* r3 = rows + 3 * (nint)stride, end = rows + length;
        // Two products, then two sums: a sum right behind its product costs a sixth of the speed.
        for (; rows < end; rows += 4, r3 += 4, queries += 2 * register)
        {
            TVector a = TByteLanes.LoadBytes(queries), b = TByteLanes.LoadBytes(queries + register);
            TVector x = TByteLanes.BroadcastFour(*(int*)rows), p, q;
            p = TByteLanes.MultiplyBytes(a, x);
            q = TByteLanes.MultiplyBytes(b, x);
            a0 = TByteLanes.AddHalfwise(a0, p);
            b0 = TByteLanes.AddHalfwise(b0, q);
            x = TByteLanes.BroadcastFour(*(int*)(rows + stride));
            p = TByteLanes.MultiplyBytes(a, x);
            q = TByteLanes.MultiplyBytes(b, x);
            a1 = TByteLanes.AddHalfwise(a1, p);
            b1 = TByteLanes.AddHalfwise(b1, q);
            x = TByteLanes.BroadcastFour(*(int*)(rows + 2 * (nint)stride));
            p = TByteLanes.MultiplyBytes(a, x);
            q = TByteLanes.MultiplyBytes(b, x);
            a2 = TByteLanes.AddHalfwise(a2, p);
            b2 = TByteLanes.AddHalfwise(b2, q);
            x = TByteLanes.BroadcastFour(*(int*)r3);
            p = TByteLanes.MultiplyBytes(a, x);
            q = TByteLanes.MultiplyBytes(b, x);
            a3 = TByteLanes.AddHalfwise(a3, p);
            b3 = TByteLanes.AddHalfwise(b3, q);
            x = TByteLanes.BroadcastFour(*(int*)(r3 + stride));
            p = TByteLanes.MultiplyBytes(a, x);
            q = TByteLanes.MultiplyBytes(b, x);
            a4 = TByteLanes.AddHalfwise(a4, p);
            b4 = TByteLanes.AddHalfwise(b4, q);
            x = TByteLanes.BroadcastFour(*(int*)(r3 + 2 * (nint)stride));
            p = TByteLanes.MultiplyBytes(a, x);
            q = TByteLanes.MultiplyBytes(b, x);
            a5 = TByteLanes.AddHalfwise(a5, p);
            b5 = TByteLanes.AddHalfwise(b5, q);
        }

        Store(a0, b0, scores, 0, add);
        Store(a1, b1, scores, 1, add);
        Store(a2, b2, scores, 2, add);
        Store(a3, b3, scores, 3, add);
        Store(a4, b4, scores, 4, add);
        Store(a5, b5, scores, 5, add);
    }

    /// <summary>
    /// One bit for each query of a row whose score is above <paramref name="slopes"/> · <paramref name="scale"/> −
    /// <paramref name="widths"/> · <paramref name="error"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Above(float* scores, float scale, float* slopes, float error, float* widths)
    {
        int half = TLanes.Count;
        TVector factor = TLanes.Broadcast(scale), slack = TLanes.Broadcast(error);
        TVector a = TLanes.MultiplyAdd(slack, TLanes.Load(widths), TLanes.Load(scores));
        TVector b = TLanes.MultiplyAdd(slack, TLanes.Load(widths + half), TLanes.Load(scores + half));
        return TLanes.Above(a, TLanes.Multiply(factor, TLanes.Load(slopes)))
            | (TLanes.Above(b, TLanes.Multiply(factor, TLanes.Load(slopes + half))) << half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector a, TVector b, float* scores, int row, bool add)
    {
        float* left = scores + row * Queries, right = left + TLanes.Count;
        (a, b) = (TByteLanes.AddHalves(a), TByteLanes.AddHalves(b));
        TLanes.Store(add ? TLanes.Add(TLanes.Load(left), a) : a, left);
        TLanes.Store(add ? TLanes.Add(TLanes.Load(right), b) : b, right);
    }
}
