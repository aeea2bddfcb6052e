namespace Word2Vec.Analysis;

/// <summary>
/// The best of the candidates that come in the order of their ids, in memory of the caller: a heap with the worst on top. Of equal ones the
/// first stay.
/// </summary>
internal sealed class NeighborHeap(Memory<int> ids, Memory<float> scores)
{
    private int _count;

    /// <summary>A candidate must be better than this.</summary>
    public float Least { get; private set; } = float.NegativeInfinity;

    /// <summary>Takes a candidate whose score is greater than <see cref="Least"/>.</summary>
    public void Add(float score, int id)
    {
        Span<int> places = ids.Span;
        Span<float> all = scores.Span;
        if (_count < all.Length)
        {
            Rise(all, places, _count++, score, id);
            if (_count == all.Length)
                Least = all[0];
            return;
        }

        Sink(all, places, score, id);
        Least = all[0];
    }

    private static bool IsWorse(float score, int id, float other, int otherId) => score < other || (score == other && id > otherId);

    private static void Rise(Span<float> scores, Span<int> ids, int place, float score, int id)
    {
        while (place > 0 && IsWorse(score, id, scores[(place - 1) / 2], ids[(place - 1) / 2]))
        {
            (scores[place], ids[place]) = (scores[(place - 1) / 2], ids[(place - 1) / 2]);
            place = (place - 1) / 2;
        }

        (scores[place], ids[place]) = (score, id);
    }

    private static void Sink(Span<float> scores, Span<int> ids, float score, int id)
    {
        int place = 0;
        for (int child = 1; child < scores.Length; child = 2 * place + 1)
        {
            if (child + 1 < scores.Length && IsWorse(scores[child + 1], ids[child + 1], scores[child], ids[child]))
                child++;
            if (!IsWorse(scores[child], ids[child], score, id))
                break;
            (scores[place], ids[place]) = (scores[child], ids[child]);
            place = child;
        }

        (scores[place], ids[place]) = (score, id);
    }
}
