using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Word2Vec.Numerics;

namespace Word2Vec.Queries;

/// <summary>
/// Products of rows in full, always added up in the same order, so that a row scores the same in a batch and alone.
/// </summary>
internal static unsafe class RowProduct<TVector, TLanes>
    where TVector : struct
    where TLanes : ILanes<TVector>
{
    /// <summary>Returns Σ a[i] · b[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(float* a, float* b, int size)
    {
        TVector even = TLanes.Broadcast(0), odd = even;
        float* end = b + size, pairs = end - 2 * TLanes.Count, fours = end - Lanes128.Count;
        for (; b <= pairs; a += 2 * TLanes.Count, b += 2 * TLanes.Count)
        {
            even = TLanes.MultiplyAdd(TLanes.Load(a), TLanes.Load(b), even);
            odd = TLanes.MultiplyAdd(TLanes.Load(a + TLanes.Count), TLanes.Load(b + TLanes.Count), odd);
        }

        if (b <= end - TLanes.Count)
        {
            even = TLanes.MultiplyAdd(TLanes.Load(a), TLanes.Load(b), even);
            a += TLanes.Count;
            b += TLanes.Count;
        }

        // The rest of a wide register in narrow ones.
        Vector128<float> four = Vector128<float>.Zero;
        for (; b <= fours; a += Lanes128.Count, b += Lanes128.Count)
            four = Lanes128.MultiplyAdd(Lanes128.Load(a), Lanes128.Load(b), four);
        float sum = TLanes.Sum(TLanes.Add(even, odd)) + Lanes128.Sum(four);
        for (; b < end; a++, b++)
            sum += *a * *b;
        return sum;
    }
}
