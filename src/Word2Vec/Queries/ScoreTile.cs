using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Queries;

/// <summary>
/// The hot loop of the search: six coded rows against two registers of coded queries. Each lane is a query, which takes four components at
/// a time, so that four components of a row, spread over a register, serve a whole register of queries and no sum is taken across lanes.
/// </summary>
/// <remarks>
/// The sums are kept modulo 2^16 and are nevertheless exact: a register takes in only half of the components of a query, in each half of a
/// lane, and by Cauchy and Schwarz their sum stays within the product of the norms, which <see cref="ComponentCodes{TVector, TLanes, TByteLanes}"/> limits.
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
    /// Adds <see cref="Rows"/> × <see cref="Queries"/> products of <paramref name="length"/> components to <paramref name="scores"/>.
    /// <paramref name="queries"/> holds <paramref name="length"/> × <see cref="Queries"/> bytes, <paramref name="rows"/> begins six rows
    /// that lie <paramref name="stride"/> bytes apart, and <paramref name="starts"/> has what their sums start from.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(byte* queries, int length, sbyte* rows, int stride, int* starts, float* scores)
    {
        TVector a0 = TByteLanes.BroadcastFour(starts[0]), b0 = a0, a1 = TByteLanes.BroadcastFour(starts[1]), b1 = a1;
        TVector a2 = TByteLanes.BroadcastFour(starts[2]), b2 = a2, a3 = TByteLanes.BroadcastFour(starts[3]), b3 = a3;
        TVector a4 = TByteLanes.BroadcastFour(starts[4]), b4 = a4, a5 = TByteLanes.BroadcastFour(starts[5]), b5 = a5;
        int register = TLanes.Count * 4;
        sbyte* r3 = rows + 3 * (nint)stride, end = rows + length;
        for (; rows < end; rows += 4, r3 += 4, queries += 2 * register)
        {
            TVector a = TByteLanes.LoadBytes(queries), b = TByteLanes.LoadBytes(queries + register);
            TVector x = TByteLanes.BroadcastFour(*(int*)rows);
            a0 = TByteLanes.MultiplyAddBytes(a, x, a0);
            b0 = TByteLanes.MultiplyAddBytes(b, x, b0);
            x = TByteLanes.BroadcastFour(*(int*)(rows + stride));
            a1 = TByteLanes.MultiplyAddBytes(a, x, a1);
            b1 = TByteLanes.MultiplyAddBytes(b, x, b1);
            x = TByteLanes.BroadcastFour(*(int*)(rows + 2 * (nint)stride));
            a2 = TByteLanes.MultiplyAddBytes(a, x, a2);
            b2 = TByteLanes.MultiplyAddBytes(b, x, b2);
            x = TByteLanes.BroadcastFour(*(int*)r3);
            a3 = TByteLanes.MultiplyAddBytes(a, x, a3);
            b3 = TByteLanes.MultiplyAddBytes(b, x, b3);
            x = TByteLanes.BroadcastFour(*(int*)(r3 + stride));
            a4 = TByteLanes.MultiplyAddBytes(a, x, a4);
            b4 = TByteLanes.MultiplyAddBytes(b, x, b4);
            x = TByteLanes.BroadcastFour(*(int*)(r3 + 2 * (nint)stride));
            a5 = TByteLanes.MultiplyAddBytes(a, x, a5);
            b5 = TByteLanes.MultiplyAddBytes(b, x, b5);
        }

        Add(a0, b0, scores, 0);
        Add(a1, b1, scores, 1);
        Add(a2, b2, scores, 2);
        Add(a3, b3, scores, 3);
        Add(a4, b4, scores, 4);
        Add(a5, b5, scores, 5);
    }

    /// <summary>
    /// One bit for each query of a row whose score is above <paramref name="slopes"/> · <paramref name="scale"/> − <paramref name="widths"/> ·
    /// <paramref name="error"/>.
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
    private static void Add(TVector a, TVector b, float* scores, int row)
    {
        float* left = scores + row * Queries, right = left + TLanes.Count;
        TLanes.Store(TLanes.Add(TLanes.Load(left), TByteLanes.AddHalves(a)), left);
        TLanes.Store(TLanes.Add(TLanes.Load(right), TByteLanes.AddHalves(b)), right);
    }
}
