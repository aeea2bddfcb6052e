using System.Globalization;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>How well cosines agree with people's judgements: Spearman's rank correlation over the pairs whose words are known.</summary>
/// <param name="Spearman">−1 … 1; 0 if fewer than three pairs were asked.</param>
/// <param name="Asked">Pairs whose two words are known.</param>
/// <param name="Total">All pairs of the file.</param>
public sealed record SimilarityResult(double Spearman, int Asked, int Total);

/// <summary>
/// Word-pair files such as WordSim-353 and SimLex-999: two words and a score a line, separated by tabs, commas or spaces; further fields
/// are not looked at, and the first line may be a heading. Words are looked up as they are spelt or, failing that, in lower case.
/// </summary>
public static class SimilarityEvaluation
{
    private const string Expected = "two words and a score";

    /// <summary>Correlates the cosines of the pairs of <paramref name="path"/> with their scores.</summary>
    /// <exception cref="Word2VecException">
    /// The file is missing, holds no pairs, or a line is not a pair (<see cref="ErrorKind.Input"/>).
    /// </exception>
    public static SimilarityResult Evaluate(WordVectors vectors, string path)
    {
        List<double> cosines = [], scores = [];
        int total = 0;
        bool isFirst = true;
        foreach ((int number, string line) in QuestionFile.Lines(path, Expected))
        {
            bool isPair = TryParse(line, out int fields, out string a, out string b, out double score);
            if (!isPair && !(isFirst && fields >= 3))
                throw QuestionFile.Malformed(path, number, line, Expected);
            isFirst = false;
            total += isPair ? 1 : 0;
            if (!isPair || !QuestionFile.TryGetId(vectors.Words, a, out int idA) || !QuestionFile.TryGetId(vectors.Words, b, out int idB))
                continue;
            cosines.Add(PlainVectorMath.Cosine(vectors[idA], vectors[idB]));
            scores.Add(score);
        }

        GC.KeepAlive(vectors);

        if (total == 0)
            throw new Word2VecException(ErrorKind.Input, $"'{path}' holds no pairs; {Expected} were expected on each line.");
        return new SimilarityResult(RankCorrelation.Spearman(cosines, scores), scores.Count, total);
    }

    private static bool TryParse(string line, out int count, out string a, out string b, out double score)
    {
        char[]? separators = line.Contains('\t') ? ['\t'] : line.Contains(',') ? [','] : null;
        string[] fields = line.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        count = fields.Length;
        bool isPair = count >= 3;
        (a, b, score) = isPair ? (fields[0], fields[1], 0) : ("", "", 0);
        return isPair && double.TryParse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture, out score) && double.IsFinite(score);
    }
}
