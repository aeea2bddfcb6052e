using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>A score of vectors, with the intervals that other questions of the same kind would leave it in 95 times out of 100.</summary>
/// <param name="Measure">What was asked.</param>
/// <param name="Score">One of its <see cref="Measure.Scores"/>.</param>
/// <param name="Vectors">The place of the vectors among those that were compared.</param>
/// <param name="Value">The score; more is better.</param>
/// <param name="Low">The lower end of its interval; NaN where no samples were drawn.</param>
/// <param name="High">The upper end.</param>
/// <param name="Asked">The questions whose words the vectors know.</param>
/// <param name="Total">All questions.</param>
public sealed record ComparedScore(Measure Measure, string Score, int Vectors, double Value, double Low, double High, int Asked, int Total)
{
    /// <summary>How much more it is than that of the first vectors, on the questions that both know; null for the first ones.</summary>
    public ScoreDifference? Difference { get; init; }
}

/// <summary>The difference of two scores on the same questions.</summary>
/// <param name="Value">The score less that of the first vectors.</param>
/// <param name="Low">The lower end of its 95 % interval, over samples of the questions that are the same for both; NaN where none were drawn.</param>
/// <param name="High">The upper end. Where 0 lies outside the interval, the difference is hardly chance.</param>
/// <param name="Questions">The questions that both know.</param>
public sealed record ScoreDifference(double Value, double Low, double High, int Questions);

/// <summary>Measures one set of vectors or compares several.</summary>
public static class VectorComparison
{
    /// <summary>Asks all <paramref name="measures"/> of all <paramref name="vectors"/>; returns the scores by measure, then score, then vectors.</summary>
    /// <param name="resamples">Samples behind the intervals (bootstrap, percentiles), 0 to 1,000,000; 0: no intervals.</param>
    /// <param name="seed">The samples follow from it: the same seed gives the same intervals.</param>
    /// <param name="progress">Told, on the calling thread, before each measure asks each vectors: the measure and the vectors' place.</param>
    /// <exception cref="Word2VecException">A file of a measure is missing or malformed (Input), or an option is out of its range (Usage).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<ComparedScore> Of(
        IReadOnlyList<WordVectors> vectors, IReadOnlyList<Measure> measures, int resamples = 1000, ulong seed = 1,
        IProgress<(Measure Measure, int Vectors)>? progress = null, CancellationToken cancellation = default)
    {
        OptionCheck.Range(nameof(resamples), resamples, 0, 1_000_000);
        var bootstrap = new Bootstrap(resamples, seed, cancellation);
        var scores = new List<ComparedScore>();
        foreach (Measure measure in measures)
        {
            var answers = new Answers[vectors.Count];
            for (int i = 0; i < answers.Length; i++)
            {
                progress?.Report((measure, i));
                answers[i] = measure.Ask(vectors[i], cancellation);
            }

            ComparedScore[][] found = [.. answers.Select((one, place) => Scores(measure, place, one, place == 0 ? null : answers[0], bootstrap))];
            for (int score = 0; score < measure.Scores.Count; score++)
                scores.AddRange(found.Select(one => one[score]));
        }

        return scores;
    }

    /// <summary>
    /// The same vectors of the words that all of them have, in the order of the first, so that all are asked the same questions and answer from the same
    /// words. They are copies.
    /// </summary>
    /// <exception cref="Word2VecException">They share no word (Input).</exception>
    public static IReadOnlyList<WordVectors> OfSharedWords(IReadOnlyList<WordVectors> vectors)
    {
        var ids = vectors.Select(_ => new List<int>()).ToArray();
        int[] found = new int[vectors.Count];
        for (int id = 0; id < vectors[0].Count; id++)
        {
            ReadOnlySpan<byte> word = vectors[0].Words.Bytes(id);
            bool isShared = true;
            for (int i = 0; i < found.Length && isShared; i++)
                isShared = vectors[i].Words.TryGetId(word, out found[i]);
            // Of a word that comes twice the first is taken, once.
            if (!isShared || found[0] != id)
                continue;
            for (int i = 0; i < found.Length; i++)
                ids[i].Add(found[i]);
        }

        if (ids[0].Count == 0)
            throw new Word2VecException(ErrorKind.Input, $"The {vectors.Count} sets of vectors share no word; one or more were expected. Are the words spelt " +
                "alike?");
        return [.. vectors.Select((one, i) => WordSubset.Of(one, ids[i]))];
    }

    private static ComparedScore[] Scores(Measure measure, int place, Answers answers, Answers? first, Bootstrap bootstrap)
    {
        int[] all = [.. Enumerable.Range(0, answers.Asked)];
        var values = new double[measure.Scores.Count];
        answers.Score(all, values);
        (double Low, double High)[] intervals = bootstrap.Intervals(all.Length, values.Length, (places, scores) => answers.Score(places, scores));
        ScoreDifference[]? differences = first is null ? null : Differences(answers, first, values.Length, bootstrap);
        return [.. measure.Scores.Select((score, i) =>
            new ComparedScore(measure, score, place, values[i], intervals[i].Low, intervals[i].High, answers.Asked, answers.Total)
            {
                Difference = differences?[i],
            })];
    }

    // Both are scored on the same samples of the questions that both were asked: what makes a question hard for both is then no difference.
    private static ScoreDifference[] Differences(Answers own, Answers first, int scores, Bootstrap bootstrap)
    {
        var places = new Dictionary<string, int>();
        for (int i = 0; i < first.Asked; i++)
            places.TryAdd(first.Keys[i], i);
        int[] ofOwn = [.. Enumerable.Range(0, own.Asked).Where(i => places.ContainsKey(own.Keys[i]))];
        int[] ofFirst = Array.ConvertAll(ofOwn, i => places[own.Keys[i]]);
        var values = new double[scores];
        Subtract([.. Enumerable.Range(0, ofOwn.Length)], values);
        (double Low, double High)[] intervals = bootstrap.Intervals(ofOwn.Length, scores, Subtract);
        return [.. values.Select((value, i) => new ScoreDifference(value, intervals[i].Low, intervals[i].High, ofOwn.Length))];

        void Subtract(int[] sample, double[] differences)
        {
            var other = new double[scores];
            own.Score(Array.ConvertAll(sample, i => ofOwn[i]), differences);
            first.Score(Array.ConvertAll(sample, i => ofFirst[i]), other);
            for (int i = 0; i < scores; i++)
                differences[i] -= other[i];
        }
    }
}
