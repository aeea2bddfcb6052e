using System.Numerics.Tensors;

namespace Word2Vec.Analysis;

/// <summary>Finds the lowest point of a smooth convex function by limited-memory BFGS with steps that meet the weak conditions of Wolfe.</summary>
/// <remarks>Nocedal and Wright, Numerical Optimization, 2nd edition, algorithms 7.4 and 7.5; the step is found by bisection.</remarks>
internal sealed class Descent(Func<double[], double[], double> function, double tolerance)
{
    private const int Memory = 10, MostTrials = 60;
    private const double EnoughDecrease = 1e-4, EnoughCurvature = 0.9;

    private readonly LinkedList<(double[] Step, double[] Change, double Inverse)> _memory = new();

    /// <summary>The steps that were made.</summary>
    public int Steps { get; private set; }

    /// <summary>The largest derivative, without its sign, where it ended.</summary>
    public double Largest { get; private set; }

    /// <summary>
    /// Moves <paramref name="x"/> down until no derivative is larger than the tolerance or <paramref name="steps"/> were made; returns the function's value.
    /// <paramref name="report"/> gets the steps so far and the value before each one.
    /// </summary>
    public double Run(double[] x, int steps, Action<int, double> report)
    {
        var gradient = new double[x.Length];
        double value = function(x, gradient);
        for (; ; Steps++)
        {
            Largest = Math.Abs(TensorPrimitives.MaxMagnitude<double>(gradient));
            if (!(Largest > tolerance) || Steps == steps)
                return value;
            report(Steps, value);
            double[] direction = Direction(gradient);
            if (Search(x, direction, ref value, gradient) is not { } next)
                return value;
            next.CopyTo(x, 0);
        }
    }

    private double[] Direction(double[] gradient)
    {
        double[] d = [.. gradient];
        var factors = new double[_memory.Count];
        int i = 0;
        foreach ((double[] step, double[] change, double inverse) in _memory)
        {
            factors[i] = inverse * TensorPrimitives.Dot<double>(step, d);
            TensorPrimitives.MultiplyAdd(change, -factors[i++], d, d);
        }

        TensorPrimitives.Multiply(d, Scale(gradient), d);
        for (var node = _memory.Last; node is not null; node = node.Previous)
        {
            double factor = node.Value.Inverse * TensorPrimitives.Dot<double>(node.Value.Change, d);
            TensorPrimitives.MultiplyAdd(node.Value.Step, factors[--i] - factor, d, d);
        }

        TensorPrimitives.Negate<double>(d, d);
        return d;
    }

    private double Scale(double[] gradient) => _memory.First is { } last
        ? 1 / (last.Value.Inverse * TensorPrimitives.SumOfSquares<double>(last.Value.Change))
        : 1 / Math.Max(1, TensorPrimitives.Norm<double>(gradient));

    // Null where no step goes down any more: rounding is all that is left.
    private double[]? Search(double[] x, double[] direction, ref double value, double[] gradient)
    {
        double slope = TensorPrimitives.Dot<double>(gradient, direction), low = 0, high = double.PositiveInfinity, length = 1;
        var (next, after) = (new double[x.Length], new double[x.Length]);
        for (int trial = 0; trial < MostTrials; trial++)
        {
            TensorPrimitives.MultiplyAdd(direction, length, x, next);
            double there = function(next, after);
            if (!(there <= value + EnoughDecrease * length * slope))
                high = length;
            else if (TensorPrimitives.Dot<double>(after, direction) < EnoughCurvature * slope)
                low = length;
            else
            {
                Remember(direction, length, gradient, after);
                value = there;
                after.CopyTo(gradient, 0);
                return next;
            }

            length = double.IsInfinity(high) ? 2 * length : (low + high) / 2;
        }

        return null;
    }

    private void Remember(double[] direction, double length, double[] gradient, double[] after)
    {
        var (step, change) = (new double[direction.Length], new double[direction.Length]);
        TensorPrimitives.Multiply(direction, length, step);
        TensorPrimitives.Subtract(after, gradient, change);
        double product = TensorPrimitives.Dot<double>(step, change);
        if (product <= 0)
            return;
        _memory.AddFirst((step, change, 1 / product));
        if (_memory.Count > Memory)
            _memory.RemoveLast();
    }
}
