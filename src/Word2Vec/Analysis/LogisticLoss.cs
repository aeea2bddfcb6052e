using System.Numerics;
using System.Numerics.Tensors;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Analysis;

/// <summary>
/// The loss of multinomial logistic regression and its gradient, divided by the number of words. Weights are a row for each component, and one for the
/// constants, of a column for each label, filled up with zeros to whole tiles.
/// </summary>
internal sealed unsafe class LogisticLoss : IDisposable
{
    private const int Block = 96, MostParts = 64;
    private const long PartsBytes = 1L << 28;

    private readonly WordVectors.PinnedRows _rows;
    private readonly WordVectors _vectors;
    private readonly LabeledWords _words;
    private readonly ClassifierOptions _options;
    private readonly ParallelOptions _parallelism;
    private readonly int _features;
    private readonly double[][] _gradients;

    public LogisticLoss(WordVectors vectors, LabeledWords words, ClassifierOptions options, CancellationToken cancellation)
    {
        (_vectors, _words, _options, _rows) = (vectors, words, options, vectors.PinRows());
        _parallelism = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        _features = Multiples.RoundUp(vectors.Size + 1, MatrixTile<double>.Rows);
        Columns = ColumnsOf(words.Labels.Count);
        int parts = (int)Math.Clamp(PartsBytes / (sizeof(double) * (long)Length), 1, MostParts);
        _gradients = [.. Enumerable.Range(0, Math.Clamp(words.Ids.Count / (2 * Block), 1, parts)).Select(_ => new double[Length])];
    }

    /// <summary>Columns of the weights: the labels in whole registers.</summary>
    public int Columns { get; }

    /// <summary>The number of weights.</summary>
    public int Length => _features * Columns;

    public static int ColumnsOf(int labels) => Multiples.RoundUp(labels, Vector<double>.Count);

    /// <summary>Returns the loss at <paramref name="weights"/> and writes its gradient.</summary>
    public double At(double[] weights, double[] gradient)
    {
        int count = _words.Ids.Count, parts = _gradients.Length;
        var losses = new double[parts];
        Parallel.For(0, parts, _parallelism, part =>
        {
            Array.Clear(_gradients[part]);
            losses[part] = AddPart(weights, _gradients[part], (int)((long)count * part / parts), (int)((long)count * (part + 1) / parts));
        });
        int penalized = _vectors.Size * Columns;
        Array.Clear(gradient);
        TensorPrimitives.Multiply(weights.AsSpan(0, penalized), _options.Penalty, gradient);
        foreach (double[] part in _gradients)
            TensorPrimitives.Add(gradient, part, gradient);
        TensorPrimitives.Divide(gradient, count, gradient);
        double penalty = _options.Penalty / 2 * TensorPrimitives.SumOfSquares<double>(weights.AsSpan(0, penalized));
        return (losses.Sum() + penalty) / count;
    }

    public void Dispose() => _rows.Dispose();

    private double AddPart(double[] weights, double[] gradient, int start, int end)
    {
        using var memory = new ScratchMemory(sizeof(double) * (long)Block * (_features + Columns), 2);
        double* rows = (double*)memory.Take(sizeof(double) * (long)Block * _features), scores = (double*)memory.Take(sizeof(double) * (long)Block * Columns);
        double loss = 0;
        fixed (double* w = weights, g = gradient)
        {
            for (int first = start; first < end; first += Block)
            {
                int count = Math.Min(Block, end - first);
                for (int i = 0; i < count; i++)
                    Fill(new Span<double>(rows + (long)i * _features, _features), _words.Ids[first + i]);
                new Span<double>(scores, Block * Columns).Clear();
                MatrixTile<double>.Product(
                    rows, _features, 1, w, Columns, Multiples.RoundUp(count, MatrixTile<double>.Rows), Columns, _features, scores, Columns);
                for (int i = 0; i < count; i++)
                    loss += ToErrors(new Span<double>(scores + (long)i * Columns, _words.Labels.Count), _words.Classes[first + i]);
                MatrixTile<double>.Product(rows, 1, _features, scores, Columns, _features, Columns, count, g, Columns);
            }
        }

        return loss;
    }

    private void Fill(Span<double> row, int id)
    {
        TensorPrimitives.ConvertChecked<float, double>(new ReadOnlySpan<float>(_rows[id], _vectors.Size), row);
        row[_vectors.Size] = 1;
    }

    // Makes of scores the probabilities less what they should be; returns −ln of the probability of the right label.
    private static double ToErrors(Span<double> scores, int label)
    {
        double largest = TensorPrimitives.Max<double>(scores), right = scores[label];
        TensorPrimitives.Subtract(scores, largest, scores);
        TensorPrimitives.Exp<double>(scores, scores);
        double sum = TensorPrimitives.Sum<double>(scores);
        TensorPrimitives.Divide(scores, sum, scores);
        scores[label] -= 1;
        return Math.Log(sum) + largest - right;
    }
}
