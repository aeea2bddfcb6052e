namespace Word2Vec.Evaluation;

/// <summary>How the vectors of two nodes say whether an edge is between them.</summary>
public enum LinkScore
{
    /// <summary>Their cosine.</summary>
    Cosine,

    /// <summary>Their dot product, in which nodes with long vectors have more edges.</summary>
    Dot,

    /// <summary>Their distance; the nearer the likelier.</summary>
    Distance,
}
