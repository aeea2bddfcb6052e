namespace Word2Vec;

/// <summary>How far something is that takes several stages, one after another.</summary>
/// <param name="Stage">What is being done, in a word; what reports it says which stages it has.</param>
/// <param name="Done">What is done of this stage: rows, rounds, steps.</param>
/// <param name="Total">How much there is of it; 0 where that is not known beforehand.</param>
/// <param name="Loss">The loss when it was last measured; NaN before, and where there is none.</param>
/// <param name="Part">Which of the parts it is, from 1: starts of a clustering, folds of a cross-validation.</param>
/// <param name="Parts">How many parts there are, each with all its stages.</param>
public readonly record struct StageProgress(
    string Stage, long Done, long Total = 0, double Loss = double.NaN, int Part = 1, int Parts = 1);
