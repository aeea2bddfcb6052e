using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>One tile on the vector unit: the update that <see cref="PlainBackend"/> defines, as small matrix products.</summary>
/// <remarks>
/// With X the context rows (C × size), Y the center rows (T × size), N the negative rows (K × size), g the gradients of the pairs in the windows
/// (a band of C × T) and h those of the negatives (C × K): first all dot products, then the gradients rate · weight · (label − σ(dot)), then
/// X += g Y + h N, Y += gᵀ X and N += hᵀ X from the values before, a register's width of columns at a time. Rows are only added to, when all old
/// values of the column have been taken, so that a word may occur twice.
/// </remarks>
internal sealed unsafe class TileKernel<TLanes, TVector> : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ScratchMemory _memory;
    private readonly CenterDots<TLanes, TVector> _centers;
    private readonly NegativeDots<TLanes, TVector> _negatives;
    private readonly TileUpdate<TLanes, TVector> _update;
    private readonly float* _centerGradients;
    private readonly float* _negativeGradients;
    private readonly int _stride;

    /// <summary>Makes room for tiles like <paramref name="largest"/>.</summary>
    public TileKernel(Weights weights, TileShape tile, int window, TileRows largest)
    {
        _stride = weights.Stride;
        long pairs = 2L * window * tile.Centers + CenterDots<TLanes, TVector>.Overhang;
        long negatives = (long)largest.Negatives.MostContexts * largest.Negatives.Stride;
        long packed = (long)weights.Stride * largest.Negatives.Stride, columns = TileUpdate<TLanes, TVector>.Floats(tile, largest);
        _memory = new ScratchMemory((pairs + negatives + packed + columns) * sizeof(float) + 2L * window * sizeof(float*), pieces: 5);
        _centerGradients = (float*)_memory.Take(pairs * sizeof(float));
        _negativeGradients = (float*)_memory.Take(negatives * sizeof(float));
        _negatives = new NegativeDots<TLanes, TVector>(weights, (float*)_memory.Take(packed * sizeof(float)));
        _centers = new CenterDots<TLanes, TVector>(weights.Stride, (float**)_memory.Take(2L * window * sizeof(float*)));
        _update = new TileUpdate<TLanes, TVector>((float*)_memory.Take(columns * sizeof(float)), tile, largest);
    }

    /// <summary>Makes the update of <paramref name="tile"/>, asks for the rows of the <paramref name="next"/> one meanwhile, and returns the loss before it.</summary>
    public double Train(TileRows tile, TileRows? next)
    {
        _negatives.Multiply(tile.Negatives, _negativeGradients);
        _centers.Multiply(tile, _centerGradients);
        double loss = NegativeGradients(tile) + CenterGradients(tile);
        for (int offset = 0; offset < _stride; offset += TLanes.Count)
        {
            if (offset % Weights.RowAlignment == 0)
                next?.Prefetch(offset);
            _update.Column(tile, offset, _centerGradients, _negativeGradients);
        }

        return loss;
    }

    public void Dispose() => _memory.Dispose();

    /// <summary>Turns the dot products with the negatives into gradients, in place; returns their loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float NegativeGradients(TileRows tile)
    {
        TVector loss = TLanes.Broadcast(0), one = TLanes.Broadcast(1), rate = TLanes.Broadcast(-tile.Rate);
        TileNegatives negatives = tile.Negatives;
        float* weights = negatives.Weights;
        float* end = _negativeGradients + ((long)negatives.PaddedContexts * negatives.Stride);
        for (float* dots = _negativeGradients; dots < end; dots += TLanes.Count, weights += TLanes.Count)
        {
            TVector dot = TLanes.Load(dots), weight = TLanes.Load(weights), e = TLanes.ExpOfMinusAbs(dot);
            TVector reciprocal = TLanes.Divide(one, TLanes.Add(one, e));
            TVector sigmoid = TLanes.BySign(dot, reciprocal, TLanes.Multiply(e, reciprocal));
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(weight, rate), sigmoid), dots);

            // −ln σ(−x) = max(x, 0) + ln(1 + e^−|x|).
            loss = TLanes.MultiplyAdd(weight, TLanes.MultiplyAdd(e, LogSeries<TLanes, TVector>.At(e), TLanes.ClampBelow(dot)), loss);
        }

        return TLanes.Sum(loss);
    }

    /// <summary>Turns the dot products of centers and contexts into gradients, in place; returns their loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float CenterGradients(TileRows tile)
    {
        TVector loss = TLanes.Broadcast(0), zero = loss, one = TLanes.Broadcast(1), rate = TLanes.Broadcast(tile.Rate);

        // What lies behind the last pair in its register costs nothing at this value.
        for (int i = 0; i < TLanes.Count; i++)
            _centerGradients[tile.PairCount + i] = LogisticFunction.Limit;
        float* end = _centerGradients + tile.PairCount;
        for (float* dots = _centerGradients; dots < end; dots += TLanes.Count)
        {
            TVector dot = TLanes.Load(dots), e = TLanes.ExpOfMinusAbs(dot);
            TVector reciprocal = TLanes.Divide(one, TLanes.Add(one, e));
            TVector sigmoid = TLanes.BySign(dot, reciprocal, TLanes.Multiply(e, reciprocal));
            TLanes.Store(TLanes.Multiply(rate, TLanes.Subtract(one, sigmoid)), dots);

            // −ln σ(x) = max(−x, 0) + ln(1 + e^−|x|).
            loss = TLanes.Add(loss, TLanes.MultiplyAdd(e, LogSeries<TLanes, TVector>.At(e), TLanes.ClampBelow(TLanes.Subtract(zero, dot))));
        }

        return TLanes.Sum(loss);
    }
}
