using Word2Vec.Training;

namespace Word2Vec.Kernels.Tests;

/// <summary>The models without tiles, by name.</summary>
internal static class Models
{
    /// <summary>The names that <see cref="Of"/> knows.</summary>
    public static readonly string[] Names =
        ["cbow", "cbow subwords", "skip-gram subwords", "skip-gram hierarchical", "cbow hierarchical", "cbow subwords hierarchical", "skip-gram subwords hierarchical"];

    /// <summary><paramref name="options"/> with a model by its name.</summary>
    public static TrainingOptions Of(string name, TrainingOptions options) => options with
    {
        Architecture = name.Contains("cbow", StringComparison.Ordinal) ? TrainingArchitecture.Cbow : TrainingArchitecture.SkipGram,
        OutputLayer = name.Contains("hierarchical", StringComparison.Ordinal) ? OutputLayer.HierarchicalSoftmax : OutputLayer.NegativeSampling,
        Subwords = name.Contains("subwords", StringComparison.Ordinal) ? new SubwordOptions { ShortestNgram = 2, LongestNgram = 4, Buckets = 40 } : null,
    };
}
