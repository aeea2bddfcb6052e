namespace Word2Vec.Words;

/// <summary>Words that are joined to one.</summary>
/// <param name="Text">The words as they are written, joined.</param>
/// <param name="Score">By <see cref="PhraseScoring"/>.</param>
/// <param name="Count">How often they stand side by side in the text that they were learned from.</param>
/// <param name="Pass">The pass that joins them, from 1.</param>
public readonly record struct Phrase(string Text, double Score, long Count, int Pass);

/// <summary>What was counted in one pass over a text.</summary>
/// <param name="Threshold">What a score had to be above.</param>
/// <param name="Words">The words of the text, those joined before as one.</param>
/// <param name="Distinct">The different words and pairs at the end.</param>
/// <param name="Dropped">How many were dropped on the way because there were more than <see cref="PhraseOptions.MaximumDistinct"/>.</param>
/// <param name="MostLost">By how much a count can be too small because of that.</param>
/// <param name="Phrases">The phrases that were found.</param>
public sealed record PhrasePass(double Threshold, long Words, long Distinct, long Dropped, long MostLost, int Phrases);
