using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>How well cosines agree with people's judgements: Spearman's rank correlation over the pairs whose words are known.</summary>
public sealed record SimilarityResult(double Spearman, int Asked, int Total);

/// <summary>Word-pair files such as WordSim-353 and SimLex-999: two words and a score a line.</summary>
public static class SimilarityEvaluation
{
    /// <summary>Correlates the cosines of the pairs of <paramref name="path"/> with their scores.</summary>
    public static SimilarityResult Evaluate(WordVectors vectors, string path) => throw new NotImplementedException();
}
