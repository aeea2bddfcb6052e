using Word2Vec.Analysis;

namespace Word2Vec.Evaluation;

/// <summary>What vectors answered, question by question, so that scores can be taken of any sample of them.</summary>
/// <param name="keys">What each question that was asked is known by, the same for all vectors.</param>
/// <param name="total">All questions of the file.</param>
internal abstract class Answers(IReadOnlyList<string> keys, int total)
{
    public IReadOnlyList<string> Keys => keys;

    public int Asked => keys.Count;

    public int Total => total;

    /// <summary>The scores of the questions at <paramref name="places"/>, each of which may stand there several times.</summary>
    public abstract void Score(ReadOnlySpan<int> places, Span<double> scores);
}

/// <summary>Scores that are means over the questions, one row of values for each score.</summary>
internal sealed class MeanAnswers(IReadOnlyList<string> keys, int total, params double[][] values) : Answers(keys, total)
{
    public override void Score(ReadOnlySpan<int> places, Span<double> scores)
    {
        for (int score = 0; score < values.Length; score++)
        {
            double sum = 0;
            foreach (int place in places)
                sum += values[score][place];
            scores[score] = places.Length == 0 ? 0 : sum / places.Length;
        }
    }
}

/// <summary>Pairs of values, whose ranks are correlated.</summary>
internal sealed class PairAnswers(IReadOnlyList<string> keys, int total, double[] found, double[] expected) : Answers(keys, total)
{
    public override void Score(ReadOnlySpan<int> places, Span<double> scores)
    {
        var a = new double[places.Length];
        var b = new double[places.Length];
        for (int i = 0; i < places.Length; i++)
            (a[i], b[i]) = (found[places[i]], expected[places[i]]);
        scores[0] = RankCorrelation.Spearman(a, b);
    }
}

/// <summary>Words in clusters and in categories.</summary>
internal sealed class PartitionAnswers(IReadOnlyList<string> keys, int total, int[] clusters, int[] categories) : Answers(keys, total)
{
    public override void Score(ReadOnlySpan<int> places, Span<double> scores)
    {
        int[] weights = new int[clusters.Length];
        foreach (int place in places)
            weights[place]++;
        var agreement = new PartitionAgreement(clusters, categories, weights);
        (scores[0], scores[1], scores[2]) = (agreement.Purity, agreement.NormalizedInformation, agreement.AdjustedRand);
    }
}

/// <summary>Labels that words have and labels that they were given.</summary>
internal sealed class LabelAnswers(IReadOnlyList<string> keys, int total, IReadOnlyList<string> labels, int[] actual, int[] given) : Answers(keys, total)
{
    public override void Score(ReadOnlySpan<int> places, Span<double> scores)
    {
        int[,] confusion = new int[labels.Count, labels.Count];
        foreach (int place in places)
            confusion[actual[place], given[place]]++;
        var found = new ClassifierScores(labels, confusion);
        (scores[0], scores[1]) = (found.Accuracy, found.MacroF1);
    }
}
