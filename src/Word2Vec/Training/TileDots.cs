using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>The dot products of a tile.</summary>
/// <remarks>
/// Every context meets every negative, so the negatives are packed with the components of all of them side by side: a register then holds the sums of
/// as many negatives, and none has to be added up across its lanes. A center meets the few contexts of its window: there the rows are multiplied as
/// they lie, and six registers are added up together.
/// </remarks>
internal sealed unsafe class TileDots<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats that may be written behind the last center's dot products.</summary>
    public const int Overhang = 32;

    private readonly int _size, _stride;
    private readonly float* _packed;
    private readonly float** _window;

    /// <summary><paramref name="packed"/> has room for a stride of components of all negatives.</summary>
    public TileDots(Weights weights, float* packed, float** window)
    {
        (_size, _stride) = (weights.Size, weights.Stride);
        _packed = packed;
        _window = window;
    }

    /// <summary>Puts the dot product of context c and negative k at c · <see cref="TileRows.NegativeStride"/> + k of <paramref name="dots"/>.</summary>
    public void Negatives(TileRows tile, float* dots)
    {
        int stride = tile.NegativeStride;
        for (int k = 0; k < tile.NegativeCount; k += 4)
            Transpose.Four(tile.Negatives + k, _stride, _packed + k, stride);
        for (int c = 0; c < tile.ContextCount; c += TileRows.ContextBlock, dots += (long)TileRows.ContextBlock * stride)
        {
            int k = 0;
            for (; k + 2 * TLanes.Count <= stride; k += 2 * TLanes.Count)
                SixByTwo(tile.Contexts + c, _packed + k, stride, dots + k);
            for (; k < stride; k += TLanes.Count)
                SixByOne(tile.Contexts + c, _packed + k, stride, dots + k);
        }
    }

    /// <summary>Puts the dot products of each center and its contexts into <paramref name="dots"/>, center after center without gaps.</summary>
    public void Centers(TileRows tile, float* dots)
    {
        for (int i = 0; i < tile.CenterCount; i++)
        {
            CenterWindow window = tile.Windows[i];
            int count = 0;
            for (int c = window.Begin; c < window.Center; c++)
                _window[count++] = tile.Contexts[c];
            for (int c = window.Center + 1; c < window.End; c++)
                _window[count++] = tile.Contexts[c];
            float** contexts = _window;
            for (; count > 3; count -= 6, contexts += 6, dots += 6)
                Six(tile.Centers[i], contexts, count, dots);
            if (count > 0)
                Three(tile.Centers[i], contexts, count, dots);

            // Behind the last one of a six there may be values without meaning.
            dots += count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Three(float* y, float** contexts, int count, float* dots)
    {
        float* x0 = contexts[0], x1 = contexts[count > 1 ? 1 : 0], x2 = contexts[count > 2 ? 2 : 0];
        TVector zero = TLanes.Broadcast(0), d0 = zero, d1 = zero, d2 = zero;
        for (int i = 0; i < _stride; i += TLanes.Count)
        {
            TVector center = TLanes.Load(y + i);
            d0 = TLanes.MultiplyAdd(center, TLanes.Load(x0 + i), d0);
            d1 = TLanes.MultiplyAdd(center, TLanes.Load(x1 + i), d1);
            d2 = TLanes.MultiplyAdd(center, TLanes.Load(x2 + i), d2);
        }

        TLanes.SumSix(d0, d1, d2, zero, zero, zero, dots);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Six(float* y, float** contexts, int count, float* dots)
    {
        float* x0 = contexts[0], x1 = contexts[1], x2 = contexts[2], x3 = contexts[3], x4 = contexts[count > 4 ? 4 : 0], x5 = contexts[count > 5 ? 5 : 0];
        TVector d0 = TLanes.Broadcast(0), d1 = d0, d2 = d0, d3 = d0, d4 = d0, d5 = d0;
        for (int i = 0; i < _stride; i += TLanes.Count)
        {
            TVector center = TLanes.Load(y + i);
            d0 = TLanes.MultiplyAdd(center, TLanes.Load(x0 + i), d0);
            d1 = TLanes.MultiplyAdd(center, TLanes.Load(x1 + i), d1);
            d2 = TLanes.MultiplyAdd(center, TLanes.Load(x2 + i), d2);
            d3 = TLanes.MultiplyAdd(center, TLanes.Load(x3 + i), d3);
            d4 = TLanes.MultiplyAdd(center, TLanes.Load(x4 + i), d4);
            d5 = TLanes.MultiplyAdd(center, TLanes.Load(x5 + i), d5);
        }

        TLanes.SumSix(d0, d1, d2, d3, d4, d5, dots);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SixByOne(float** contexts, float* packed, int stride, float* dots)
    {
        float* x0 = contexts[0], x1 = contexts[1], x2 = contexts[2], x3 = contexts[3], x4 = contexts[4], x5 = contexts[5];
        TVector d0 = TLanes.Broadcast(0), d1 = d0, d2 = d0, d3 = d0, d4 = d0, d5 = d0;
        for (int i = 0; i < _size; i++, packed += stride)
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
    private void SixByTwo(float** contexts, float* packed, int stride, float* dots)
    {
        float* x0 = contexts[0], x1 = contexts[1], x2 = contexts[2], x3 = contexts[3], x4 = contexts[4], x5 = contexts[5];
        TVector a0 = TLanes.Broadcast(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0;
        for (int i = 0; i < _size; i++, packed += stride)
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
