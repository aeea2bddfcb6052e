namespace Word2Vec.Training;

/// <summary>What predicts what in a window (Mikolov et al. 2013a, "Efficient Estimation of Word Representations in Vector Space", section 3).</summary>
public enum TrainingArchitecture
{
    /// <summary>Each context word by itself goes with the center word: better for rare words and small corpora.</summary>
    SkipGram,

    /// <summary>The mean of all context words goes with the center word (continuous bag of words): several times as fast.</summary>
    Cbow,
}
