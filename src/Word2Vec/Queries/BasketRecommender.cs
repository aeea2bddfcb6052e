using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Queries;

/// <summary>
/// What else goes into a basket, for vectors of items that were trained on baskets as sentences. Where the vectors have output vectors (a .w2v written with them), an item's score is
/// its output vector times the mean of the basket's unit vectors: what skip-gram predicts beside them. Otherwise it is the cosine with that mean.
/// </summary>
/// <remarks>
/// The two answer different questions: input vectors put items together that stand beside the same others and so can take each other's place; input times output is high for items that stand
/// beside each other (Barkan, Koenigstein: Item2vec, 2016; Nalisnick et al.: Improving document ranking with dual word embeddings, WWW 2016).
/// </remarks>
public sealed class BasketRecommender
{
    private readonly WordVectors _vectors;
    private readonly float[] _scales;

    /// <summary>Measures <paramref name="vectors"/>, which must stay open.</summary>
    public BasketRecommender(WordVectors vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        _vectors = vectors;
        _scales = new float[vectors.Count];
        for (int id = 0; id < _scales.Length; id++)
        {
            float length = MathF.Sqrt(VectorMath.Dot(vectors[id], vectors[id]));
            _scales[id] = length > 0 && float.IsFinite(length) ? 1 / length : 0;
        }
    }

    /// <summary>Whether scores are of output vectors.</summary>
    public bool UsesOutputVectors => _vectors.OutputVectors is not null;

    /// <summary>
    /// The items with the highest scores, best first, without those of the basket. Items that have no vector are passed over; one that is named twice counts once.
    /// </summary>
    /// <exception cref="Word2VecException">None of the basket has a vector (<see cref="ErrorKind.UnknownWord"/>), or the count is below 1 (<see cref="ErrorKind.Usage"/>).</exception>
    public IReadOnlyList<Neighbor> Recommend(IReadOnlyList<string> basket, int count = 10)
    {
        OptionCheck.Range(nameof(count), count, 1, int.MaxValue);
        int[] ids = Known(basket);
        if (ids.Length == 0)
            throw new Word2VecException(ErrorKind.UnknownWord, basket.Count == 0 ? "The basket is empty; name one item or more."
                : $"None of the {basket.Count} items of the basket, such as '{basket[0]}', is among the {_vectors.Count} words of these vectors; name one that is.");
        var scores = new float[_vectors.Count];
        Score(Sum(ids), 1f / ids.Length, scores);
        foreach (int id in ids)
            scores[id] = float.NegativeInfinity;
        int[] best = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(best, (a, b) => scores[a] != scores[b] ? scores[b].CompareTo(scores[a]) : a.CompareTo(b));
        return [.. best.Take(Math.Min(count, scores.Length - ids.Length)).Select(id => new Neighbor(id, _vectors.Words[id], scores[id]))];
    }

    /// <summary>The ids of the items that have vectors, each once.</summary>
    internal int[] Known(IReadOnlyList<string> basket) =>
        [.. basket.Select(item => _vectors.Words.TryGetId(item, out int id) ? id : -1).Where(id => id >= 0).Distinct()];

    /// <summary>The sum of the unit vectors of <paramref name="ids"/>.</summary>
    internal float[] Sum(IReadOnlyList<int> ids)
    {
        var sum = new float[_vectors.Size];
        foreach (int id in ids)
            AddUnit(sum, 1, id);
        return sum;
    }

    /// <summary>Adds <paramref name="weight"/> times the unit vector of <paramref name="id"/>.</summary>
    internal void AddUnit(Span<float> sum, float weight, int id) => VectorMath.AddScaled(sum, weight * _scales[id], _vectors[id]);

    /// <summary>The score of every item beside <paramref name="scale"/> · <paramref name="sum"/>.</summary>
    internal void Score(ReadOnlySpan<float> sum, float scale, Span<float> scores)
    {
        // Cosines do not change with the length of what is asked.
        float cosine = UsesOutputVectors ? 0 : MathF.Sqrt(VectorMath.Dot(sum, sum));
        for (int id = 0; id < scores.Length; id++)
        {
            scores[id] = _vectors.OutputVectors is { } output ? scale * VectorMath.Dot(sum, output[id])
                : cosine > 0 ? VectorMath.Dot(sum, _vectors[id]) * _scales[id] / cosine : 0;
        }

        GC.KeepAlive(_vectors);
    }
}
