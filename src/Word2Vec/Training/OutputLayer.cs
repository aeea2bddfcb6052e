namespace Word2Vec.Training;

/// <summary>How a word is told from all the others without a sum over the vocabulary.</summary>
public enum OutputLayer
{
    /// <summary>From a few words drawn at random (Mikolov et al. 2013b, section 2.2). Output vectors belong to words.</summary>
    NegativeSampling,

    /// <summary>
    /// By the turns on the way to it in a Huffman tree (Mikolov et al. 2013b, section 2.1). Output vectors belong to the tree's inner nodes; no negatives
    /// are drawn.
    /// </summary>
    HierarchicalSoftmax,
}
