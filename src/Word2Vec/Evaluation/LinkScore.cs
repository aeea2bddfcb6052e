namespace Word2Vec.Evaluation;

/// <summary>How the vectors of two nodes say whether an edge is between them.</summary>
/// <remarks>
/// The last four are learned: what they make of two vectors, component by component, are features, of which a logistic regression tells edges from pairs without one
/// (Grover and Leskovec 2016, table 1 and section 4.4).
/// </remarks>
public enum LinkScore
{
    /// <summary>Their cosine.</summary>
    Cosine,

    /// <summary>Their dot product, in which nodes with long vectors have more edges.</summary>
    Dot,

    /// <summary>Their distance; the nearer the likelier.</summary>
    Distance,

    /// <summary>Learned from the means (a + b) / 2. A weighted sum of these has a part for each node and none for both, so it knows nodes that have many edges, not which belong together.</summary>
    Average,

    /// <summary>Learned from the products a · b of each component: a dot product with weights.</summary>
    Hadamard,

    /// <summary>Learned from the differences |a − b|.</summary>
    WeightedL1,

    /// <summary>Learned from their squares (a − b)²: a squared distance with weights.</summary>
    WeightedL2,
}
