using Word2Vec.Analysis;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Evaluation;

/// <summary>A logistic regression that tells edges from pairs of nodes without one, by the features of the pair.</summary>
internal sealed class EdgeClassifier
{
    private const string Edge = "edge", NoEdge = "none";

    private readonly WordVectors _vectors;
    private readonly LinkScore _score;
    private readonly double[] _weights;

    private EdgeClassifier(WordVectors vectors, LinkScore score, double[] weights) => (_vectors, _score, _weights) = (vectors, score, weights);

    /// <summary>Learns from <paramref name="edges"/> and <paramref name="others"/>, pairs of rows of <paramref name="vectors"/>.</summary>
    /// <exception cref="Word2VecException">The vectors hold numbers that are not finite (Training).</exception>
    public static EdgeClassifier Train(
        WordVectors vectors, LinkScore score, IReadOnlyList<(int From, int To)> edges, IReadOnlyList<(int From, int To)> others, CancellationToken cancellation)
    {
        (int From, int To)[] pairs = [.. edges, .. others];
        using WordVectors features = Features(vectors, score, pairs);
        LabeledWords labels = LabeledWords.From(pairs.Select((_, place) => (place, place < edges.Count ? Edge : NoEdge)));
        VectorClassifier classifier = VectorClassifier.Train(features, labels, cancellation: cancellation);
        IReadOnlyList<double> edge = classifier.Weights[0], none = classifier.Weights[1]; // labels stand in the order of their characters
        return new EdgeClassifier(vectors, score, [.. edge.Zip(none, (one, other) => one - other)]);
    }

    /// <summary>ln(p / (1 − p)) of the probability p that there is an edge, which unlike p itself is never rounded to 1.</summary>
    public double LogOdds(int from, int to)
    {
        var features = new float[_vectors.Size];
        EdgeFeatures.Write(_score, _vectors[from], _vectors[to], features);
        double sum = _weights[^1];
        for (int i = 0; i < features.Length; i++)
            sum += _weights[i] * features[i];
        return sum;
    }

    private static WordVectors Features(WordVectors vectors, LinkScore score, (int From, int To)[] pairs)
    {
        int size = vectors.Size;
        var rows = new float[pairs.Length * size];
        for (int i = 0; i < pairs.Length; i++)
            EdgeFeatures.Write(score, vectors[pairs[i].From], vectors[pairs[i].To], rows.AsSpan(i * size, size));
        return new WordVectors(WordIndex.From(Enumerable.Range(0, pairs.Length).Select(i => $"{i}")), size, rows);
    }
}
