namespace Word2Vec.Training;

/// <summary>The unit of update of the models without tiles: one window.</summary>
/// <param name="CenterIsInput">
/// Whether the center word predicts its contexts; else the contexts, each by itself or as their mean, predict the center. The directions come to the same
/// over a corpus; with subwords the first moves the rows of one word in place of those of all the contexts (it is fastText's).
/// </param>
/// <param name="Negatives">Negative samples drawn for a window.</param>
/// <param name="NegativeWeight">How many negative samples of a prediction each of them stands for.</param>
internal readonly record struct WindowShape(bool CenterIsInput, int Negatives, float NegativeWeight)
{
    /// <summary>The window of <paramref name="options"/>.</summary>
    public static WindowShape Of(TrainingOptions options)
    {
        bool centerIsInput = options.Architecture == TrainingArchitecture.SkipGram && options.Subwords is not null;
        int negatives = options.OutputLayer == OutputLayer.HierarchicalSoftmax ? 0 : options.Negatives * (centerIsInput ? 2 : 1);
        return new WindowShape(centerIsInput, negatives, negatives == 0 ? 0 : (float)options.Negatives / negatives);
    }
}
