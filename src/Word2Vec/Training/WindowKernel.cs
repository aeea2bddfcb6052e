using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>One window on the vector unit: the update that <see cref="PlainWindowBackend"/> defines.</summary>
/// <remarks>
/// With X the means of the inputs' rows and Y the targets' rows: all dot products X Yᵀ, the gradients g = rate · weight · (label − σ(dot)), the inputs'
/// changes g Y from the values before, then Y += gᵀ X, and last the changes into all rows of the inputs. Rows are only added to, so that one may occur
/// twice.
/// </remarks>
internal sealed unsafe class WindowKernel<TLanes, TVector> : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly int _stride;
    private readonly RowSums<TLanes, TVector> _sums;
    private readonly CenterDots<TLanes, TVector> _dots;
    private readonly ScratchMemory _memory;
    private readonly float** _means;
    private readonly float* _change;
    private ScratchMemory _gradientMemory;
    private float* _gradients;
    private int _room;

    /// <summary>Makes room for windows of up to <paramref name="mostInputs"/> inputs.</summary>
    public WindowKernel(Weights weights, int mostInputs)
    {
        _stride = weights.Stride;
        (_sums, _dots) = (new RowSums<TLanes, TVector>(_stride), new CenterDots<TLanes, TVector>(_stride, null));
        long rowBytes = (long)_stride * sizeof(float);
        _memory = new ScratchMemory((2 * mostInputs * rowBytes) + (mostInputs * (long)sizeof(float*)), pieces: 3);
        float* means = (float*)_memory.Take(mostInputs * rowBytes);
        _change = (float*)_memory.Take(mostInputs * rowBytes);
        _means = (float**)_memory.Take(mostInputs * (long)sizeof(float*));
        for (int input = 0; input < mostInputs; input++)
            _means[input] = means + (long)input * _stride;
        _gradientMemory = new ScratchMemory(0, pieces: 1);
    }

    /// <summary>Makes the update of <paramref name="window"/>, asks for the rows of the <paramref name="next"/> one meanwhile, and returns the loss before it.</summary>
    public double Train(WindowRows window, WindowRows? next)
    {
        int inputs = window.InputCount, width = Multiples.RoundUp(window.TargetCount, WindowRows.Padding);
        MakeRoom(inputs * width);
        next?.PrefetchTargets();
        float loss = 0;
        for (int input = 0; input < inputs; input++)
        {
            float** rows = window.RowsOf(input, out int count);
            float share = 1f / count;
            _sums.Gather(rows, &share, 0, count, _means[input], add: false);
            float* gradients = _gradients + (long)input * width;
            _dots.Row(_means[input], window.Targets, window.TargetCount, gradients);
            loss += Gradients(window, gradients, width);
            _sums.Gather(window.Targets, gradients, 1, window.TargetCount, _change + (long)input * _stride, add: false);
        }

        next?.PrefetchInputs();
        MakeChanges(window, width);
        return loss;
    }

    public void Dispose()
    {
        _memory.Dispose();
        _gradientMemory.Dispose();
    }

    private void MakeChanges(WindowRows window, int width)
    {
        float one = 1;
        if (window.InputCount == 1)
        {
            _sums.Scatter(window.Targets, _gradients, 1, window.TargetCount, _means[0]);
        }
        else
        {
            for (int target = 0; target < window.TargetCount; target++)
                _sums.Gather(_means, _gradients + target, width, window.InputCount, window.Targets[target], add: true);
        }

        for (int input = 0; input < window.InputCount; input++)
        {
            float** rows = window.MovingRowsOf(input, out int count);
            _sums.Scatter(rows, &one, 0, count, _change + (long)input * _stride);
        }
    }

    /// <summary>Turns the dot products of an input with all targets into gradients, in place; returns their loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Gradients(WindowRows window, float* dots, int width)
    {
        TVector loss = TLanes.Broadcast(0), zero = loss, one = TLanes.Broadcast(1), rate = TLanes.Broadcast(window.Rate);

        // What lies behind the last target in its register may be anything; its weight is 0, which only numbers can be multiplied with.
        for (int i = window.TargetCount; i < width; i++)
            dots[i] = 0;
        float* signs = window.Signs, weights = window.TargetWeights;
        for (int i = 0; i < window.TargetCount; i += TLanes.Count)
        {
            TVector sign = TLanes.Load(signs + i), weight = TLanes.Load(weights + i), x = TLanes.Multiply(TLanes.Load(dots + i), sign);
            TVector e = TLanes.ExpOfMinusAbs(x), reciprocal = TLanes.Divide(one, TLanes.Add(one, e));
            TVector wrong = TLanes.BySign(x, TLanes.Multiply(e, reciprocal), reciprocal);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(TLanes.Multiply(rate, weight), sign), wrong), dots + i);

            // −ln σ(x) = max(−x, 0) + ln(1 + e^−|x|).
            TVector entropy = TLanes.MultiplyAdd(e, LogSeries<TLanes, TVector>.At(e), TLanes.ClampBelow(TLanes.Subtract(zero, x)));
            loss = TLanes.MultiplyAdd(weight, entropy, loss);
        }

        return TLanes.Sum(loss);
    }

    // The dot products are written in sixes, two floats beyond the last.
    private void MakeRoom(int gradients)
    {
        if (gradients <= _room)
            return;
        _gradientMemory.Dispose();
        _room = Math.Max(gradients, 2 * _room);
        _gradientMemory = new ScratchMemory((long)(_room + WindowRows.Padding) * sizeof(float), pieces: 1);
        _gradients = (float*)_gradientMemory.Take((long)(_room + WindowRows.Padding) * sizeof(float));
    }
}
