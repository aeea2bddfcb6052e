using System.Numerics.Tensors;
using Word2Vec.Vectors;

namespace Word2Vec.Analysis;

/// <summary>The label that a classifier gives a vector.</summary>
/// <param name="Label">The likeliest label.</param>
/// <param name="Probability">Its probability, 0 … 1.</param>
public readonly record struct Classification(string Label, double Probability);

/// <summary>
/// Tells labels from vectors: multinomial logistic regression, trained to the lowest point of its penalized loss in 64-bit floats. Any number of threads
/// may ask at once.
/// </summary>
public sealed class VectorClassifier
{
    private readonly double[][] _weights;

    internal VectorClassifier(IReadOnlyList<string> labels, double[][] weights, double penalty, int words) =>
        (Labels, _weights, Penalty, Words) = (labels, weights, penalty, words);

    /// <summary>The labels.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Components of the vectors that it takes.</summary>
    public int Size => _weights[0].Length - 1;

    /// <summary>The penalty that it was trained with (<see cref="ClassifierOptions.Penalty"/>).</summary>
    public double Penalty { get; }

    /// <summary>The number of words that it was trained on.</summary>
    public int Words { get; }

    /// <summary>The weights of each label: one for each component, then the constant.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Weights => _weights;

    /// <summary>What the training made small, at its end, divided by the number of words; NaN in one that was opened.</summary>
    public double Loss { get; private init; } = double.NaN;

    /// <summary>The steps of the training; 0 in one that was opened.</summary>
    public int Steps { get; private init; }

    /// <summary>The largest derivative of the loss at the training's end; more than the tolerance where the steps did not suffice. NaN in one that was opened.</summary>
    public double LargestDerivative { get; private init; } = double.NaN;

    /// <summary>Learns the labels of <paramref name="words"/>, two different ones or more, from their <paramref name="vectors"/>.</summary>
    /// <param name="progress">Hears, on the calling thread, of each step of the stage <c>descent</c> and its loss; how many there will be is not known.</param>
    /// <exception cref="Word2VecException">
    /// An option is out of its range or there is only one label (Usage); the vectors hold numbers that are not finite (Training).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static VectorClassifier Train(
        WordVectors vectors, LabeledWords words, ClassifierOptions? options = null, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default) =>
        Learn(vectors, words, options ?? new ClassifierOptions(), (steps, loss) => progress?.Report(new StageProgress("descent", steps, Loss: loss)), cancellation);

    private static VectorClassifier Learn(
        WordVectors vectors, LabeledWords words, ClassifierOptions options, Action<int, double> report, CancellationToken cancellation)
    {
        options.Check();
        int labels = words.Labels.Count;
        if (words.Classes.Distinct().Count() < 2)
            throw new Word2VecException(ErrorKind.Usage, $"The {words.Ids.Count} labelled words have one label; two different ones or more were expected, " +
                "since a classifier tells labels apart.");
        using var loss = new LogisticLoss(vectors, words, options, cancellation);
        var weights = new double[loss.Length];
        var descent = new Descent(loss.At, options.Tolerance);
        double value = descent.Run(weights, options.Steps, report);
        if (!double.IsFinite(value))
            throw new Word2VecException(ErrorKind.Training, "The classifier's loss is not a finite number; the vectors hold numbers that are infinite, not a " +
                "number, or far too large. Check them with convert.");
        double[][] rows = [.. Enumerable.Range(0, labels).Select(label =>
            Enumerable.Range(0, vectors.Size + 1).Select(d => weights[d * loss.Columns + label]).ToArray())];
        GC.KeepAlive(vectors);
        return new VectorClassifier(words.Labels, rows, options.Penalty, words.Ids.Count)
        {
            Loss = value,
            Steps = descent.Steps,
            LargestDerivative = descent.Largest,
        };
    }

    /// <summary>Opens one that <see cref="Save"/> wrote.</summary>
    /// <exception cref="Word2VecException">The file is missing (Input) or is no classifier (Format).</exception>
    public static VectorClassifier Open(string path) => ClassifierFile.Read(path);

    /// <summary>Writes it to <paramref name="path"/> as JSON, which reads back exactly; docs/groups.md has the fields.</summary>
    /// <exception cref="Word2VecException">The file could not be written; what was there before is untouched (Output).</exception>
    public void Save(string path) => ClassifierFile.Write(this, path);

    /// <summary>
    /// Trains and tests on the parts of <paramref name="words"/> in turn, each word tested once by a classifier that has not seen it, and returns the
    /// scores of all together.
    /// </summary>
    /// <param name="progress">Hears as in <see cref="Train"/>; the parts are the folds.</param>
    /// <exception cref="Word2VecException">As there and in <see cref="LabeledWords.Folds"/>.</exception>
    public static ClassifierScores CrossValidate(
        WordVectors vectors, LabeledWords words, int folds = 5, ClassifierOptions? options = null, IProgress<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new ClassifierOptions();
        var confusion = new int[words.Labels.Count, words.Labels.Count];
        int fold = 0;
        foreach ((LabeledWords train, LabeledWords test) in words.Folds(folds, options.Seed))
        {
            fold++;
            Learn(vectors, train, options, (steps, loss) => progress?.Report(new StageProgress("descent", steps, 0, loss, fold, folds)), cancellation)
                .Count(vectors, test, confusion);
        }

        return new ClassifierScores(words.Labels, confusion);
    }

    /// <summary>The probability of each of <see cref="Labels"/> for <paramref name="vector"/>, <see cref="Size"/> floats; they sum up to 1.</summary>
    public double[] Probabilities(ReadOnlySpan<float> vector)
    {
        Check(vector.Length);
        var wide = new double[Size];
        TensorPrimitives.ConvertChecked<float, double>(vector, wide);
        var scores = new double[Labels.Count];
        for (int label = 0; label < scores.Length; label++)
            scores[label] = TensorPrimitives.Dot<double>(wide, _weights[label].AsSpan(0, Size)) + _weights[label][Size];
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<double>(scores), scores);
        TensorPrimitives.SoftMax<double>(scores, scores);
        return scores;
    }

    /// <summary>The likeliest label of <paramref name="vector"/>, <see cref="Size"/> floats; of equally likely ones the first.</summary>
    public Classification Classify(ReadOnlySpan<float> vector)
    {
        double[] probabilities = Probabilities(vector);
        int best = TensorPrimitives.IndexOfMax<double>(probabilities);
        return new Classification(Labels[best], probabilities[best]);
    }

    /// <summary>The same as the label's place in <see cref="Labels"/>.</summary>
    internal int LikeliestOf(ReadOnlySpan<float> vector) => TensorPrimitives.IndexOfMax<double>(Probabilities(vector));

    /// <summary>Compares its answers with the labels of <paramref name="words"/>; labels that it does not know count as wrong.</summary>
    /// <exception cref="Word2VecException">The vectors have another size than those that it was trained on (Usage).</exception>
    public ClassifierScores Test(WordVectors vectors, LabeledWords words)
    {
        Check(vectors.Size);
        string[] labels = [.. Labels.Union(words.Labels).Order(StringComparer.Ordinal)];
        var confusion = new int[labels.Length, labels.Length];
        for (int i = 0; i < words.Ids.Count; i++)
        {
            int actual = Array.IndexOf(labels, words.Labels[words.Classes[i]]);
            confusion[actual, Array.IndexOf(labels, Classify(vectors[words.Ids[i]]).Label)]++;
        }

        GC.KeepAlive(vectors);
        return new ClassifierScores(labels, confusion);
    }

    private void Count(WordVectors vectors, LabeledWords words, int[,] confusion)
    {
        for (int i = 0; i < words.Ids.Count; i++)
            confusion[words.Classes[i], LikeliestOf(vectors[words.Ids[i]])]++;
        GC.KeepAlive(vectors);
    }

    private void Check(int size)
    {
        if (size != Size)
            throw new Word2VecException(ErrorKind.Usage, $"The classifier was trained on vectors of {Size} components; these have {size}. " +
                "Take vectors of the same kind.");
    }
}
