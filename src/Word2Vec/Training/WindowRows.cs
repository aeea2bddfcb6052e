using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>
/// The rows of one window, as <see cref="WindowKernel{TLanes, TVector}"/> takes them: the addresses of each input's rows, and of the targets with their
/// signs and weights.
/// </summary>
internal sealed unsafe class WindowRows : IDisposable
{
    /// <summary>Signs and weights behind the last target are 0 up to a multiple of this.</summary>
    public const int Padding = 16;

    private readonly NativeBuffer<nint> _inputRows = new(64), _targetRows = new(64);
    private readonly NativeBuffer<float> _signs = new(64), _weights = new(64);
    private readonly int[] _ends;
    private readonly Weights _rows;

    // The rows that are not frozen, where some are.
    private readonly NativeBuffer<nint>? _movingRows;
    private readonly int[] _movingEnds;
    private int _movingCount;

    /// <summary>Windows of up to <paramref name="mostInputs"/> inputs.</summary>
    public WindowRows(Weights weights, int mostInputs)
    {
        (_rows, _ends, _movingEnds) = (weights, new int[mostInputs], new int[mostInputs]);
        _movingRows = weights.HasFrozen ? new NativeBuffer<nint>(64) : null;
    }

    /// <summary>Inputs, each the mean of its rows.</summary>
    public int InputCount { get; private set; }

    /// <summary>Rows of all inputs.</summary>
    public int InputRowCount { get; private set; }

    /// <summary>Targets.</summary>
    public int TargetCount { get; private set; }

    /// <summary>The addresses of the targets' output rows.</summary>
    public float** Targets => (float**)_targetRows.First;

    /// <summary>1 where the inputs belong to the target, −1 where they do not.</summary>
    public float* Signs => _signs.First;

    /// <summary>How often each target counts.</summary>
    public float* TargetWeights => _weights.First;

    /// <summary>What the window predicts, times its inputs.</summary>
    public int PairCount { get; private set; }

    /// <summary>The learning rate of the window.</summary>
    public float Rate { get; private set; }

    /// <summary>Empties the window.</summary>
    public void Begin(float rate) => (InputCount, InputRowCount, TargetCount, PairCount, Rate, _movingCount) = (0, 0, 0, 0, rate, 0);

    /// <summary>Adds the input <paramref name="rows"/> to the input that is being made.</summary>
    public void AddRows(ReadOnlySpan<int> rows)
    {
        _inputRows.Reserve(InputRowCount + rows.Length);
        nint* next = _inputRows.First + InputRowCount;
        foreach (int row in rows)
            *next++ = (nint)(_rows.Input + (long)row * _rows.Stride);
        InputRowCount += rows.Length;
        if (_movingRows is not null)
            AddMoving(_movingRows, rows);
    }

    /// <summary>Ends an input: the rows since the one before.</summary>
    public void EndInput()
    {
        _movingEnds[InputCount] = _movingCount;
        _ends[InputCount++] = InputRowCount;
    }

    /// <summary>Adds a target.</summary>
    public void AddTarget(int row, float sign, float weight)
    {
        int at = TargetCount++;
        if (TargetCount + Padding > _weights.Capacity)
        {
            _targetRows.Reserve(2 * (TargetCount + Padding));
            _signs.Reserve(2 * (TargetCount + Padding));
            _weights.Reserve(2 * (TargetCount + Padding));
        }

        (_targetRows.First[at], _signs.First[at], _weights.First[at]) = ((nint)(_rows.Output + (long)row * _rows.Stride), sign, weight);
    }

    /// <summary>Ends the window, which makes <paramref name="predicted"/> predictions from each input.</summary>
    public void Complete(int predicted)
    {
        PairCount = InputCount * predicted;
        new Span<float>(_signs.First + TargetCount, Padding).Clear();
        new Span<float>(_weights.First + TargetCount, Padding).Clear();
    }

    /// <summary>The addresses of the rows of <paramref name="input"/>.</summary>
    public float** RowsOf(int input, out int count) => Part(_inputRows, _ends, input, out count);

    /// <summary>The addresses of those of them that may change.</summary>
    public float** MovingRowsOf(int input, out int count) =>
        _movingRows is null ? RowsOf(input, out count) : Part(_movingRows, _movingEnds, input, out count);

    /// <summary>Asks for all lines of the inputs' rows.</summary>
    public void PrefetchInputs() => Prefetch((float**)_inputRows.First, InputRowCount);

    /// <summary>Asks for all lines of the targets' rows.</summary>
    public void PrefetchTargets() => Prefetch(Targets, TargetCount);

    public void Dispose()
    {
        _inputRows.Dispose();
        _movingRows?.Dispose();
        _targetRows.Dispose();
        _signs.Dispose();
        _weights.Dispose();
    }

    private void AddMoving(NativeBuffer<nint> moving, ReadOnlySpan<int> rows)
    {
        moving.Reserve(_movingCount + rows.Length);
        foreach (int row in rows)
        {
            if (!_rows.IsFrozen(row))
                moving.First[_movingCount++] = (nint)(_rows.Input + (long)row * _rows.Stride);
        }
    }

    private static float** Part(NativeBuffer<nint> rows, int[] ends, int input, out int count)
    {
        int start = input == 0 ? 0 : ends[input - 1];
        count = ends[input] - start;
        return (float**)rows.First + start;
    }

    private void Prefetch(float** rows, int count)
    {
        for (float** end = rows + count; rows < end; rows++)
        {
            for (int offset = 0; offset < _rows.Stride; offset += Weights.RowAlignment)
                Lanes128.Prefetch(*rows + offset);
        }
    }
}
