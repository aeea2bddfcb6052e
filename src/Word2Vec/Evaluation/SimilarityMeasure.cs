using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>Word pairs with people's scores.</summary>
internal sealed class SimilarityMeasure(string path, bool composeUnknown) : Measure("similarity", path, "Spearman")
{
    private readonly List<(string A, string B, double Score)> _pairs = SimilarityEvaluation.Parse(path);

    internal override Answers Ask(WordVectors vectors, CancellationToken cancellation)
    {
        double[] cosines = SimilarityEvaluation.Cosines(vectors, _pairs, composeUnknown);
        int[] asked = [.. Enumerable.Range(0, cosines.Length).Where(i => !double.IsNaN(cosines[i]))];
        return new PairAnswers(QuestionFile.Keys(asked), cosines.Length,
            Array.ConvertAll(asked, i => cosines[i]), Array.ConvertAll(asked, i => _pairs[i].Score));
    }
}
