namespace Word2Vec.Analysis;

/// <summary>How <see cref="VectorClassifier.Train"/> learns.</summary>
public sealed record ClassifierOptions
{
    /// <summary>
    /// The penalty λ, 0 or more; 1 by default. What is made small is Σ −ln p(label of a word) + λ/2 · Σ weight², the constant of a label left out of the
    /// second sum; 1/λ is scikit-learn's C.
    /// </summary>
    public double Penalty { get; init; } = 1;

    /// <summary>
    /// Training ends when no derivative of that sum, divided by the number of words, is larger, 0 or more; 1e-6 by default.
    /// </summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The most steps, 1 or more; 1000 by default.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>Decides which words <see cref="LabeledWords.Split"/> and cross-validation hold back; 1 by default.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most threads; all processors by default. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    internal void Check()
    {
        OptionCheck.Range("penalty", Penalty, 0, 1e9);
        OptionCheck.Range("tolerance", Tolerance, 0, 1);
        OptionCheck.Range("steps", Steps, 1, int.MaxValue);
        OptionCheck.Range("threads", Threads, 1, int.MaxValue);
    }
}
