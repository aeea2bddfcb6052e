using System.Numerics.Tensors;

namespace Word2Vec.Numerics;

/// <summary>The sum of many rows of 32-bit floats, in 64 bits but for a few rows at a time.</summary>
/// <param name="size">Components of a row.</param>
internal sealed class WideSum(int size)
{
    private const int Narrow = 32;

    private readonly float[] _part = new float[size];
    private readonly double[] _wide = new double[size], _total = new double[size];
    private int _rows;

    /// <summary>Adds <paramref name="row"/>.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        TensorPrimitives.Add(_part, row, _part);
        if (++_rows == Narrow)
            Widen();
    }

    /// <summary>Writes the sum to <paramref name="target"/> and begins anew.</summary>
    public void Take(Span<double> target)
    {
        Widen();
        _total.CopyTo(target);
        Array.Clear(_total);
    }

    private void Widen()
    {
        TensorPrimitives.ConvertChecked<float, double>(_part, _wide);
        TensorPrimitives.Add(_total, _wide, _total);
        Array.Clear(_part);
        _rows = 0;
    }
}
