using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>How long a round of <see cref="DeterministicBackend"/> is, and how much of a frequent row's change it then makes.</summary>
/// <remarks>
/// The pieces of a round read the same old rows, and their changes add up. Where a word occurs many times in a round its summed change overshoots;
/// so it is scaled by min(1, <see cref="SafeOccurrences"/> / expected occurrences), but never below the mean over the pieces, which cannot
/// overshoot. The constants are those that were found for graphics cards (kernels/ConcurrencyPlan.cs): windows in flight are windows in flight.
/// </remarks>
internal sealed class RoundPlan
{
    private const double SafeOccurrences = 16, UsualRate = 0.025, TokensPerPosition = 500;
    private const double UsualContexts = 6;
    private const int ShortestPiece = 8;

    /// <summary>Positions of the longest piece: with eight of them no loss of quality was measured on 10 MB of text; twice as many lose some.</summary>
    public const int LongestPiece = 128;

    private readonly Sampler _sampler;
    private readonly Vocabulary _vocabulary;
    private readonly TrainingOptions _options;
    private readonly double _windows, _keptTotal, _negativeTotal;

    /// <summary>Plans rounds of <paramref name="pieces"/> pieces.</summary>
    public RoundPlan(TrainingJob job, int pieces)
    {
        (_sampler, _vocabulary, _options) = (job.Sampler, job.Corpus.Vocabulary, job.Options);
        for (int id = 0; id < _vocabulary.Count; id++)
        {
            _keptTotal += Kept(id);
            _negativeTotal += AliasTable.NegativeWeight(_vocabulary.Counts[id]);
        }

        // A context row gets a change from each center that sees it, and an output row one from each context of a window.
        double damping = Math.Min(1, UsualRate / _options.LearningRate) * Math.Min(1, UsualContexts / (_options.Window + 1));
        double longest = Math.Min(LongestPiece, (double)job.Corpus.Length / TokensPerPosition / pieces);
        PieceLength = (int)Math.Clamp(damping * longest, ShortestPiece, LongestPiece);
        _windows = (double)pieces * PieceLength * _keptTotal / Math.Max(1, job.Corpus.Length);
    }

    /// <summary>Positions of a piece.</summary>
    public int PieceLength { get; }

    /// <summary>The factor of the summed changes of a row (see <see cref="RowKeys"/>).</summary>
    public float Scale(uint key)
    {
        int id = RowKeys.WordOf(key);
        double kept = Kept(id) / Math.Max(1, _keptTotal);
        double occurrences = RowKeys.IsOutput(key)
            ? (kept + _options.Negatives * AliasTable.NegativeWeight(_vocabulary.Counts[id]) / _negativeTotal)
                * Math.Max(1, (_options.Window + 1) / UsualContexts)
            : (_options.Window + 1) * kept;
        return (float)Math.Min(1, SafeOccurrences * UsualRate / _options.LearningRate / Math.Max(1e-9, _windows * occurrences));
    }

    private double Kept(int id) => _vocabulary.Counts[id] * (_sampler.KeepThresholds[id] + 1.0) / 4294967296.0;
}
