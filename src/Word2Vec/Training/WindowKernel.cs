using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// One window on the vector unit: the update that <see cref="PlainBackend"/> defines, as three small matrix products.
/// </summary>
/// <remarks>
/// With X the context rows (C × size), Y the sample rows (S × size) and g the gradients (C × S): g = rate · weight · (label − σ(X Yᵀ)), then
/// X += g Y and Y += gᵀ X, both from the values before. Samples go in blocks of six and contexts in pairs, so that twelve sums stay in registers.
/// A word that occurs twice among the contexts or the samples is one row with the weight two (its dot products are equal), so that rows can be
/// changed in place.
/// </remarks>
internal sealed unsafe class WindowKernel<TLanes, TVector> : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int BlockSize = WindowRows.BlockSize, BlockStride = WindowRows.BlockStride;

    private readonly ScratchMemory _memory;
    private readonly int _stride;
    private readonly int _pairs;
    private readonly float* _gradients;
    private readonly float* _changes;
    private readonly float* _labels;
    private readonly float* _pairWeights;
    private readonly float* _lossLanes;
    private WindowRows _rows;
    private long _pairTotal;

    public WindowKernel(Weights weights, int window, int negatives)
    {
        _rows = new WindowRows(weights, window, negatives);
        Next = new WindowRows(weights, window, negatives);
        _stride = weights.Stride;
        _pairs = Next.MostContexts * BlockStride;
        int gradients = Next.MostBlocks * _pairs, changes = Next.MostContexts * TLanes.Count;
        _memory = new ScratchMemory((gradients + changes + 8L * BlockStride) * sizeof(float), pieces: 5);
        _gradients = (float*)_memory.Take(gradients * sizeof(float));
        _changes = (float*)_memory.Take(changes * sizeof(float));
        _labels = (float*)_memory.Take(4 * BlockStride * sizeof(float));
        _pairWeights = (float*)_memory.Take(2 * BlockStride * sizeof(float));
        _lossLanes = (float*)_memory.Take(2 * BlockStride * sizeof(float));

        // Of both contexts of a pair the first sample of the first block; the other blocks take the zeros behind them.
        _labels[0] = _labels[BlockStride] = 1;
    }

    /// <summary>Where the next window is put together while the current one waits to be trained.</summary>
    public WindowRows Next { get; private set; }

    /// <summary>Makes the window that <see cref="Next"/> holds the current one.</summary>
    public void Advance() => (_rows, Next) = (Next, _rows);

    /// <summary>Makes the update of the current window.</summary>
    public void Train(float rate)
    {
        WindowRows rows = _rows;
        rows.Complete();
        for (int block = 0; block < rows.Blocks; block++)
        {
            float* gradients = _gradients + block * _pairs;
            for (int c = 0; c < rows.ContextCount; c += 2)
                DotPair(rows.Contexts[c], rows.Contexts[c + 1], rows.Samples + block * BlockSize, gradients + c * BlockStride);
            ToGradients(gradients, block, rate);
        }

        for (int offset = 0; offset < _stride; offset += TLanes.Count)
        {
            for (int block = 0; block < rows.Blocks; block++)
                UpdateBlock(block, offset, block == 0, block == rows.Blocks - 1);
        }

        _pairTotal += rows.PairCount;
    }

    /// <summary>Returns the loss of the windows since the last call.</summary>
    public TrainingLoss TakeLoss()
    {
        var loss = new TrainingLoss(TLanes.Sum(TLanes.Load(_lossLanes)), _pairTotal);
        TLanes.Store(TLanes.Broadcast(0), _lossLanes);
        _pairTotal = 0;
        return loss;
    }

    public void Dispose()
    {
        _rows.Dispose();
        Next.Dispose();
        _memory.Dispose();
    }

    /// <summary>The twelve dot products of two context rows and six sample rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DotPair(float* x0, float* x1, float** samples, float* dots)
    {
        float* y0 = samples[0], y1 = samples[1], y2 = samples[2], y3 = samples[3], y4 = samples[4], y5 = samples[5];
        TVector a0 = TLanes.Broadcast(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0;
        for (int i = 0; i < _stride; i += TLanes.Count)
        {
            TVector a = TLanes.Load(x0 + i), b = TLanes.Load(x1 + i);
            TVector y = TLanes.Load(y0 + i);
            (a0, b0) = (TLanes.MultiplyAdd(a, y, a0), TLanes.MultiplyAdd(b, y, b0));
            y = TLanes.Load(y1 + i);
            (a1, b1) = (TLanes.MultiplyAdd(a, y, a1), TLanes.MultiplyAdd(b, y, b1));
            y = TLanes.Load(y2 + i);
            (a2, b2) = (TLanes.MultiplyAdd(a, y, a2), TLanes.MultiplyAdd(b, y, b2));
            y = TLanes.Load(y3 + i);
            (a3, b3) = (TLanes.MultiplyAdd(a, y, a3), TLanes.MultiplyAdd(b, y, b3));
            y = TLanes.Load(y4 + i);
            (a4, b4) = (TLanes.MultiplyAdd(a, y, a4), TLanes.MultiplyAdd(b, y, b4));
            y = TLanes.Load(y5 + i);
            (a5, b5) = (TLanes.MultiplyAdd(a, y, a5), TLanes.MultiplyAdd(b, y, b5));
        }

        TLanes.SumSix(a0, a1, a2, a3, a4, a5, dots);
        TLanes.SumSix(b0, b1, b2, b3, b4, b5, dots + BlockStride);
    }

    /// <summary>Turns the dot products of one block into gradients, in place, and adds their loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ToGradients(float* dots, int block, float rate)
    {
        float* labels = _labels + (block == 0 ? 0 : 2 * BlockStride);
        var sampleWeights = Vector256.Load(_rows.SampleWeights + block * BlockStride);
        TVector loss = TLanes.Load(_lossLanes), one = TLanes.Broadcast(1), rates = TLanes.Broadcast(rate);
        for (int c = 0; c < _rows.ContextCount; c += 2, dots += 2 * BlockStride)
        {
            (sampleWeights * _rows.ContextWeights[c]).Store(_pairWeights);
            (sampleWeights * _rows.ContextWeights[c + 1]).Store(_pairWeights + BlockStride);
            for (int i = 0; i < 2 * BlockStride; i += TLanes.Count)
            {
                TVector dot = TLanes.Load(dots + i), label = TLanes.Load(labels + i), weight = TLanes.Load(_pairWeights + i);
                TVector e = TLanes.ExpOfMinusAbs(dot);
                TVector reciprocal = TLanes.Divide(one, TLanes.Add(one, e));
                TVector sigmoid = TLanes.BySign(dot, reciprocal, TLanes.Multiply(e, reciprocal));
                TVector gradient = TLanes.Multiply(TLanes.Multiply(weight, rates), TLanes.Subtract(label, sigmoid));
                TLanes.Store(gradient, dots + i);

                // −ln σ(±x) = max(∓x, 0) + ln(1 + e^−|x|), the upper sign for label 1.
                TVector towards = TLanes.Subtract(dot, TLanes.Multiply(TLanes.Add(label, label), dot));
                loss = TLanes.MultiplyAdd(weight, TLanes.MultiplyAdd(e, LogSeries(e), TLanes.ClampBelow(towards)), loss);
            }
        }

        TLanes.Store(loss, _lossLanes);
    }

    /// <summary>ln(1 + e) / e on [0, 1], as <see cref="LogisticFunction"/> has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LogSeries(TVector e)
    {
        TVector series = TLanes.MultiplyAdd(TLanes.Broadcast(LogisticFunction.L8), e, TLanes.Broadcast(LogisticFunction.L7));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L6));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L5));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L4));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L3));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L2));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L1));
        return TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L0));
    }

    /// <summary>
    /// Changes the context rows and one block's sample rows, a register's width of all of them at a time. The context rows keep their old values
    /// until the last block: what earlier blocks add to them waits in <see cref="_changes"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateBlock(int block, int offset, bool first, bool last)
    {
        float** samples = _rows.Samples + block * BlockSize;
        float* y0 = samples[0] + offset, y1 = samples[1] + offset, y2 = samples[2] + offset;
        float* y3 = samples[3] + offset, y4 = samples[4] + offset, y5 = samples[5] + offset;
        TVector s0 = TLanes.Load(y0), s1 = TLanes.Load(y1), s2 = TLanes.Load(y2), s3 = TLanes.Load(y3), s4 = TLanes.Load(y4), s5 = TLanes.Load(y5);
        TVector t0 = s0, t1 = s1, t2 = s2, t3 = s3, t4 = s4, t5 = s5;
        float* g = _gradients + block * _pairs;
        int contexts = _rows.ContextCount;
        for (int c = 0; c < contexts; c++, g += BlockStride)
        {
            float* row = _rows.Contexts[c] + offset;
            float* change = _changes + c * TLanes.Count;
            TVector x = TLanes.Load(row), sum = last ? x : TLanes.Broadcast(0);
            if (!first)
                sum = TLanes.Add(sum, TLanes.Load(change));
            TVector gradient = TLanes.Broadcast(g[0]);
            (sum, t0) = (TLanes.MultiplyAdd(gradient, s0, sum), TLanes.MultiplyAdd(gradient, x, t0));
            gradient = TLanes.Broadcast(g[1]);
            (sum, t1) = (TLanes.MultiplyAdd(gradient, s1, sum), TLanes.MultiplyAdd(gradient, x, t1));
            gradient = TLanes.Broadcast(g[2]);
            (sum, t2) = (TLanes.MultiplyAdd(gradient, s2, sum), TLanes.MultiplyAdd(gradient, x, t2));
            gradient = TLanes.Broadcast(g[3]);
            (sum, t3) = (TLanes.MultiplyAdd(gradient, s3, sum), TLanes.MultiplyAdd(gradient, x, t3));
            gradient = TLanes.Broadcast(g[4]);
            (sum, t4) = (TLanes.MultiplyAdd(gradient, s4, sum), TLanes.MultiplyAdd(gradient, x, t4));
            gradient = TLanes.Broadcast(g[5]);
            (sum, t5) = (TLanes.MultiplyAdd(gradient, s5, sum), TLanes.MultiplyAdd(gradient, x, t5));
            TLanes.Store(sum, last ? row : change);
        }

        TLanes.Store(t0, y0);
        TLanes.Store(t1, y1);
        TLanes.Store(t2, y2);
        TLanes.Store(t3, y3);
        TLanes.Store(t4, y4);
        TLanes.Store(t5, y5);
    }
}
