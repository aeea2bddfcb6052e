using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// The dot products of each center and the few contexts of its window: rows are multiplied as they lie, and six registers are added up together.
/// </summary>
internal sealed unsafe class CenterDots<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats that may be written behind the last center's dot products.</summary>
    public const int Overhang = 32;

    private readonly int _stride;
    private readonly float** _window;

    /// <summary>For rows of <paramref name="stride"/> floats; <paramref name="window"/> has room for the addresses of the widest window.</summary>
    public CenterDots(int stride, float** window)
    {
        _stride = stride;
        _window = window;
    }

    /// <summary>Puts the dot products of each center and its contexts into <paramref name="dots"/>, center after center without gaps.</summary>
    public void Multiply(TileRows tile, float* dots)
    {
        for (int i = 0; i < tile.CenterCount; i++)
        {
            CenterWindow window = tile.Windows[i];
            int count = 0;
            for (int c = window.Begin; c < window.Center; c++)
                _window[count++] = tile.Contexts[c];
            for (int c = window.Center + 1; c < window.End; c++)
                _window[count++] = tile.Contexts[c];

            // Behind the last one of a six there may be values without meaning.
            Row(tile.Centers[i], _window, count, dots);
            dots += count;
        }
    }

    /// <summary>Puts the dot products of <paramref name="y"/> and each of the <paramref name="rows"/> into <paramref name="dots"/>.</summary>
    public void Row(float* y, float** rows, int count, float* dots)
    {
        for (; count > 3; count -= 6, rows += 6, dots += 6)
            Six(y, rows, count, dots);
        if (count > 0)
            Three(y, rows, count, dots);
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
}
