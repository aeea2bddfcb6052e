namespace Word2Vec.Analysis;

/// <summary>How a label fared: of what was called so, the share that is (precision); of what is so, the share that was called so (recall).</summary>
/// <param name="Label">The label.</param>
/// <param name="Words">Words that have it.</param>
/// <param name="Precision">0 … 1; 0 where nothing was called so.</param>
/// <param name="Recall">0 … 1; 0 where no word has it.</param>
public sealed record LabelScore(string Label, int Words, double Precision, double Recall)
{
    /// <summary>The harmonic mean of <see cref="Precision"/> and <see cref="Recall"/>; 0 where both are.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;
}

/// <summary>What a classifier answered for words whose labels are known.</summary>
public sealed class ClassifierScores
{
    private readonly int[,] _confusion;

    internal ClassifierScores(IReadOnlyList<string> labels, int[,] confusion)
    {
        (Labels, _confusion) = (labels, confusion);
        Scores = [.. Enumerable.Range(0, labels.Count).Select(Score)];
    }

    /// <summary>The labels in the order of the table's rows and columns.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The score of each label.</summary>
    public IReadOnlyList<LabelScore> Scores { get; }

    /// <summary>All words.</summary>
    public int Words => Scores.Sum(score => score.Words);

    /// <summary>Words that were given their label.</summary>
    public int Correct => Enumerable.Range(0, Labels.Count).Sum(i => _confusion[i, i]);

    /// <summary>The share of the words that were given their label, 0 … 1; 0 without words.</summary>
    public double Accuracy => Words == 0 ? 0 : (double)Correct / Words;

    /// <summary>The mean of the labels' F1, each counted the same; labels that no word has and none was given are left out.</summary>
    public double MacroF1 => Enumerable.Range(0, Labels.Count).Where(i => Row(i) + Column(i) > 0).Select(i => Scores[i].F1).DefaultIfEmpty(0).Average();

    /// <summary>The words with label <paramref name="actual"/> that were given label <paramref name="given"/>, both as places in <see cref="Labels"/>.</summary>
    public int Confused(int actual, int given) => _confusion[actual, given];

    private int Row(int i) => Enumerable.Range(0, Labels.Count).Sum(j => _confusion[i, j]);

    private int Column(int j) => Enumerable.Range(0, Labels.Count).Sum(i => _confusion[i, j]);

    private LabelScore Score(int i)
    {
        int row = Row(i), column = Column(i), both = _confusion[i, i];
        return new LabelScore(Labels[i], row, column == 0 ? 0 : (double)both / column, row == 0 ? 0 : (double)both / row);
    }
}
