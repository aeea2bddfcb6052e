using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>Sums of rows into one row, and one row into many, four registers of columns at a time.</summary>
internal sealed unsafe class RowSums<TLanes, TVector>(int stride)
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>
    /// Puts, or adds, Σ <paramref name="factors"/>[k · <paramref name="step"/>] · <paramref name="rows"/>[k] into <paramref name="target"/>, which is none
    /// of the rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(float** rows, float* factors, nint step, int count, float* target, bool add)
    {
        int i = 0;
        for (; i <= stride - 4 * TLanes.Count; i += 4 * TLanes.Count)
        {
            float* at = target + i, factor = factors;
            TVector zero = TLanes.Broadcast(0), s0 = zero, s1 = zero, s2 = zero, s3 = zero;
            if (add)
                (s0, s1, s2, s3) = (TLanes.Load(at), TLanes.Load(at + TLanes.Count), TLanes.Load(at + 2 * TLanes.Count), TLanes.Load(at + 3 * TLanes.Count));
            for (int k = 0; k < count; k++, factor += step)
            {
                float* row = rows[k] + i;
                TVector f = TLanes.Broadcast(*factor);
                s0 = TLanes.MultiplyAdd(f, TLanes.Load(row), s0);
                s1 = TLanes.MultiplyAdd(f, TLanes.Load(row + TLanes.Count), s1);
                s2 = TLanes.MultiplyAdd(f, TLanes.Load(row + 2 * TLanes.Count), s2);
                s3 = TLanes.MultiplyAdd(f, TLanes.Load(row + 3 * TLanes.Count), s3);
            }

            TLanes.Store(s0, at);
            TLanes.Store(s1, at + TLanes.Count);
            TLanes.Store(s2, at + 2 * TLanes.Count);
            TLanes.Store(s3, at + 3 * TLanes.Count);
        }

        for (; i < stride; i += TLanes.Count)
        {
            float* factor = factors;
            TVector sum = add ? TLanes.Load(target + i) : TLanes.Broadcast(0);
            for (int k = 0; k < count; k++, factor += step)
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(*factor), TLanes.Load(rows[k] + i), sum);
            TLanes.Store(sum, target + i);
        }
    }

    /// <summary>Adds <paramref name="factors"/>[k · <paramref name="step"/>] · <paramref name="source"/>, which is none of them, to each of the <paramref name="rows"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scatter(float** rows, float* factors, nint step, int count, float* source)
    {
        int i = 0;
        for (; i <= stride - 4 * TLanes.Count; i += 4 * TLanes.Count)
        {
            float* factor = factors;
            TVector s0 = TLanes.Load(source + i), s1 = TLanes.Load(source + i + TLanes.Count);
            TVector s2 = TLanes.Load(source + i + 2 * TLanes.Count), s3 = TLanes.Load(source + i + 3 * TLanes.Count);
            for (int k = 0; k < count; k++, factor += step)
            {
                float* row = rows[k] + i;
                TVector f = TLanes.Broadcast(*factor);
                TLanes.Store(TLanes.MultiplyAdd(f, s0, TLanes.Load(row)), row);
                TLanes.Store(TLanes.MultiplyAdd(f, s1, TLanes.Load(row + TLanes.Count)), row + TLanes.Count);
                TLanes.Store(TLanes.MultiplyAdd(f, s2, TLanes.Load(row + 2 * TLanes.Count)), row + 2 * TLanes.Count);
                TLanes.Store(TLanes.MultiplyAdd(f, s3, TLanes.Load(row + 3 * TLanes.Count)), row + 3 * TLanes.Count);
            }
        }

        for (; i < stride; i += TLanes.Count)
        {
            float* factor = factors;
            TVector s = TLanes.Load(source + i);
            for (int k = 0; k < count; k++, factor += step)
                TLanes.Store(TLanes.MultiplyAdd(TLanes.Broadcast(*factor), s, TLanes.Load(rows[k] + i)), rows[k] + i);
        }
    }
}
