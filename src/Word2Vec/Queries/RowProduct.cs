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
    // A line that is asked for so far ahead has arrived when it is its turn; the processor's own prefetching stops at every page's end.
    private const int FloatsAhead = 1024;

    /// <summary>
    /// Returns Σ a[i] · b[i]; <paramref name="ahead"/> says that what follows <paramref name="b"/> will be asked for next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(float* a, float* b, int size, bool ahead)
    {
        const int LineFloats = 16;
        TVector even = TLanes.Broadcast(0), odd = even;
        int i = 0, pair = 2 * TLanes.Count;
        for (; i + pair <= size; i += pair)
        {
            for (int line = 0; ahead && line < pair; line += LineFloats)
                TLanes.Prefetch(b + i + line + FloatsAhead);
            even = TLanes.MultiplyAdd(TLanes.Load(a + i), TLanes.Load(b + i), even);
            odd = TLanes.MultiplyAdd(TLanes.Load(a + i + TLanes.Count), TLanes.Load(b + i + TLanes.Count), odd);
        }

        if (i + TLanes.Count <= size)
        {
            even = TLanes.MultiplyAdd(TLanes.Load(a + i), TLanes.Load(b + i), even);
            i += TLanes.Count;
        }

        Vector128<float> four = Vector128<float>.Zero;
        for (; i + 4 <= size; i += 4)
            four = Lanes128.MultiplyAdd(Lanes128.Load(a + i), Lanes128.Load(b + i), four);
        float sum = TLanes.Sum(TLanes.Add(even, odd)) + Lanes128.Sum(four);
        for (; i < size; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
