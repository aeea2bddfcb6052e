namespace Word2Vec.Evaluation;

/// <summary>node2vec's operators: a vector for a pair of nodes, made of theirs component by component, the same for either order of the two.</summary>
/// <remarks>Grover and Leskovec 2016, table 1.</remarks>
internal static class EdgeFeatures
{
    /// <summary>Whether <paramref name="score"/> is one of them, of which something has to be learned.</summary>
    public static bool AreOf(LinkScore score) => score >= LinkScore.Average;

    /// <summary>Writes the features of the vectors <paramref name="a"/> and <paramref name="b"/>, as many as these have components.</summary>
    public static void Write(LinkScore score, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> features)
    {
        for (int i = 0; i < a.Length; i++)
            features[i] = Of(score, a[i], b[i]);
    }

    private static float Of(LinkScore score, float a, float b) => score switch
    {
        LinkScore.Average => (a + b) / 2,
        LinkScore.Hadamard => a * b,
        LinkScore.WeightedL1 => Math.Abs(a - b),
        LinkScore.WeightedL2 => (a - b) * (a - b),
        _ => throw new ArgumentOutOfRangeException(nameof(score), score, "This score has no features."),
    };
}
