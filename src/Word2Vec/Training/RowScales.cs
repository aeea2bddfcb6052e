using Word2Vec.Sampling;

namespace Word2Vec.Training;

/// <summary>How much of a row's change is made where many windows are in flight: trained at once, from the same old rows.</summary>
/// <remarks>
/// Their changes add up, and where a word occurs many times in flight its summed change overshoots; so it is scaled by
/// min(1, <see cref="SafeOccurrences"/> / expected occurrences). A context row gets a change from each center that sees it, an output row from each context of
/// a window: the occurrences of an output row are counted in windows as wide as the usual one. Where an input is the mean of many rows, each of which gets
/// the whole change, the mean and the dot products follow a row's change by that many times less, and so many times more of it may be in flight. The
/// constants come from simulated concurrency.
/// </remarks>
internal sealed class RowScales
{
    /// <summary>Changes of one row that may be in flight at full size at <see cref="UsualRate"/>: half as many at twice the rate.</summary>
    public const double SafeOccurrences = 16;

    /// <summary>The learning rate at which <see cref="SafeOccurrences"/> was found.</summary>
    public const double UsualRate = 0.025;

    /// <summary>The contexts of a window at the default width of 5, at which it was found.</summary>
    public const double UsualContexts = 6;

    private readonly TrainingJob _job;
    private readonly double _negatives, _negativeTotal, _safe, _contexts;

    /// <summary>Counts what a training of <paramref name="job"/> has in flight.</summary>
    /// <param name="mostNegatives">How many negatives of a pair are counted at most.</param>
    public RowScales(TrainingJob job, int mostNegatives = int.MaxValue)
    {
        _job = job;
        _negatives = Math.Min(job.Options.Negatives, mostNegatives);
        for (int id = 0; id < job.Corpus.Vocabulary.Count; id++)
        {
            KeptTokens += Kept(id);
            _negativeTotal += AliasTable.NegativeWeight(Counts[id]);
        }

        _contexts = job.Options.Window + 1;
        _safe = SafeOccurrences * UsualRate / job.Options.LearningRate * RowsOfMean();
    }

    /// <summary>Tokens of an epoch that stay after subsampling, as expected.</summary>
    public double KeptTokens { get; }

    private ReadOnlySpan<long> Counts => _job.Corpus.Vocabulary.Counts;

    /// <summary>The factor of the changes of an input vector with so many <paramref name="windows"/> in flight.</summary>
    public float Input(int id, double windows) => InputRow(Share(id), windows);

    /// <summary>The factor of the changes of an output vector with so many <paramref name="windows"/> in flight.</summary>
    public float Output(int id, double windows)
    {
        double negative = _negatives * AliasTable.NegativeWeight(Counts[id]) / _negativeTotal;
        return OutputRow(Share(id) + negative, windows);
    }

    /// <summary>The factor of an input row that words with so large a <paramref name="share"/> of the kept tokens are made of.</summary>
    public float InputRow(double share, double windows) => Scale(windows * _contexts * share);

    /// <summary>The factor of an output row that is a target for so large a <paramref name="share"/> of the kept tokens.</summary>
    public float OutputRow(double share, double windows) => Scale(windows * share * Math.Max(1, _contexts / UsualContexts));

    /// <summary>The share of the kept tokens that are word <paramref name="id"/>.</summary>
    public double Share(int id) => Kept(id) / Math.Max(1, KeptTokens);

    // Rows that an input is the mean of, as expected: those of a word, and with CBOW of all the contexts.
    private double RowsOfMean()
    {
        double rows = 1;
        if (_job.Options.Subwords is not null)
            rows = Enumerable.Range(0, _job.Corpus.Vocabulary.Count).Sum(id => Share(id) * _job.Rows[id].Length);
        return _job.Options.Architecture == TrainingArchitecture.Cbow ? rows * _contexts : rows;
    }

    private float Scale(double occurrences) => (float)Math.Min(1, _safe / Math.Max(1e-9, occurrences));

    private double Kept(int id) => Counts[id] * (_job.Sampler.KeepThresholds[id] + 1.0) / 4294967296.0;
}
