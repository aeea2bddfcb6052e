using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>The dot products of the negatives of a tile and its contexts.</summary>
/// <remarks>
/// Every context meets every negative, so the negatives are packed with the components of all of them side by side: a register then holds the sums of
/// as many negatives, and none has to be added up across its lanes.
/// </remarks>
internal sealed unsafe class NegativeDots<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly int _size, _rowStride;
    private readonly float* _packed;

    /// <summary><paramref name="packed"/> has room for all components of the largest negatives.</summary>
    public NegativeDots(Weights weights, float* packed)
    {
        (_size, _rowStride) = (weights.Size, weights.Stride);
        _packed = packed;
    }

    /// <summary>Puts the dot product of context c and negative k at c · <see cref="TileNegatives.Stride"/> + k of <paramref name="dots"/>.</summary>
    public void Multiply(TileNegatives negatives, float* dots)
    {
        int stride = negatives.Stride;
        for (int k = 0; k < negatives.RowCount; k += 4)
            Transpose.Four(negatives.Rows + k, _rowStride, _packed + k, stride);
        for (int c = 0; c < negatives.ContextCount; c += TileNegatives.ContextBlock, dots += (long)TileNegatives.ContextBlock * stride)
        {
            int k = 0;
            for (; k + 2 * TLanes.Count <= stride; k += 2 * TLanes.Count)
                SixByTwo(negatives.Contexts + c, _packed + k, _size, stride, dots + k);
            for (; k + TLanes.Count <= stride; k += TLanes.Count)
                SixByOne(negatives.Contexts + c, _packed + k, _size, stride, dots + k);

            // A stride is a multiple of eight; half a register may be left.
            if (k < stride)
                NegativeDots<Lanes256, Vector256<float>>.SixByOne(negatives.Contexts + c, _packed + k, _size, stride, dots + k);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SixByOne(float** contexts, float* packed, int size, int stride, float* dots)
    {
        float* x0 = contexts[0], x1 = contexts[1], x2 = contexts[2], x3 = contexts[3], x4 = contexts[4], x5 = contexts[5];
        TVector d0 = TLanes.Broadcast(0), d1 = d0, d2 = d0, d3 = d0, d4 = d0, d5 = d0;
        for (int i = 0; i < size; i++, packed += stride)
        {
            TVector negatives = TLanes.Load(packed);
            d0 = TLanes.MultiplyAdd(TLanes.Broadcast(x0[i]), negatives, d0);
            d1 = TLanes.MultiplyAdd(TLanes.Broadcast(x1[i]), negatives, d1);
            d2 = TLanes.MultiplyAdd(TLanes.Broadcast(x2[i]), negatives, d2);
            d3 = TLanes.MultiplyAdd(TLanes.Broadcast(x3[i]), negatives, d3);
            d4 = TLanes.MultiplyAdd(TLanes.Broadcast(x4[i]), negatives, d4);
            d5 = TLanes.MultiplyAdd(TLanes.Broadcast(x5[i]), negatives, d5);
        }

        StoreSix(d0, d1, d2, d3, d4, d5, dots, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SixByTwo(float** contexts, float* packed, int size, int stride, float* dots)
    {
        float* x0 = contexts[0], x1 = contexts[1], x2 = contexts[2], x3 = contexts[3], x4 = contexts[4], x5 = contexts[5];
        TVector a0 = TLanes.Broadcast(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0;
        for (int i = 0; i < size; i++, packed += stride)
        {
            TVector a = TLanes.Load(packed), b = TLanes.Load(packed + TLanes.Count);
            TVector x = TLanes.Broadcast(x0[i]);
            (a0, b0) = (TLanes.MultiplyAdd(x, a, a0), TLanes.MultiplyAdd(x, b, b0));
            x = TLanes.Broadcast(x1[i]);
            (a1, b1) = (TLanes.MultiplyAdd(x, a, a1), TLanes.MultiplyAdd(x, b, b1));
            x = TLanes.Broadcast(x2[i]);
            (a2, b2) = (TLanes.MultiplyAdd(x, a, a2), TLanes.MultiplyAdd(x, b, b2));
            x = TLanes.Broadcast(x3[i]);
            (a3, b3) = (TLanes.MultiplyAdd(x, a, a3), TLanes.MultiplyAdd(x, b, b3));
            x = TLanes.Broadcast(x4[i]);
            (a4, b4) = (TLanes.MultiplyAdd(x, a, a4), TLanes.MultiplyAdd(x, b, b4));
            x = TLanes.Broadcast(x5[i]);
            (a5, b5) = (TLanes.MultiplyAdd(x, a, a5), TLanes.MultiplyAdd(x, b, b5));
        }

        StoreSix(a0, a1, a2, a3, a4, a5, dots, stride);
        StoreSix(b0, b1, b2, b3, b4, b5, dots + TLanes.Count, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSix(TVector d0, TVector d1, TVector d2, TVector d3, TVector d4, TVector d5, float* dots, int stride)
    {
        TLanes.Store(d0, dots);
        TLanes.Store(d1, dots + stride);
        TLanes.Store(d2, dots + 2 * stride);
        TLanes.Store(d3, dots + 3 * stride);
        TLanes.Store(d4, dots + 4 * stride);
        TLanes.Store(d5, dots + 5 * stride);
    }
}
