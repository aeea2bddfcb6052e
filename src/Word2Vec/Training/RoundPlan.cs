namespace Word2Vec.Training;

/// <summary>How long a round of <see cref="DeterministicBackend"/> is, and how much of a frequent row's change it then makes.</summary>
/// <remarks>
/// The pieces of a round read the same old rows: what <see cref="RowScales"/> says of windows in flight holds for those of a round. The summed change of a row is
/// never scaled below the mean over the pieces, which cannot overshoot.
/// </remarks>
internal sealed class RoundPlan
{
    private const double TokensPerPosition = 500;
    private const int ShortestPiece = 8;

    /// <summary>Positions of the longest piece: with eight of them no loss of quality was measured on 10 MB of text; twice as many lose some.</summary>
    public const int LongestPiece = 128;

    private readonly RowScales _scales;
    private readonly double _windows;

    /// <summary>Plans rounds of <paramref name="pieces"/> pieces.</summary>
    public RoundPlan(TrainingJob job, int pieces)
    {
        _scales = new RowScales(job);
        double damping = Math.Min(1, RowScales.UsualRate / job.Options.LearningRate) * Math.Min(1, RowScales.UsualContexts / (job.Options.Window + 1));
        double longest = Math.Min(LongestPiece, (double)job.Corpus.Length / TokensPerPosition / pieces);
        PieceLength = (int)Math.Clamp(damping * longest, ShortestPiece, LongestPiece);
        _windows = (double)pieces * PieceLength * _scales.KeptTokens / Math.Max(1, job.Corpus.Length);
    }

    /// <summary>Positions of a piece.</summary>
    public int PieceLength { get; }

    /// <summary>The factor of the summed changes of a row (see <see cref="RowKeys"/>).</summary>
    public float Scale(uint key) => RowKeys.IsOutput(key) ? _scales.Output(RowKeys.WordOf(key), _windows) : _scales.Input(RowKeys.WordOf(key), _windows);
}
