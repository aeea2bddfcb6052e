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
/// are not looked at, and the first line may be a heading. Words are looked up as they are spelt or, failing that, in lower case; those that are
/// put together from n-grams are taken in lower case where the whole vocabulary is.
/// </summary>
public static class SimilarityEvaluation
{
    private const string Expected = "two words and a score";

    /// <summary>Correlates the cosines of the pairs of <paramref name="path"/> (- is standard input) with their scores.</summary>
    /// <exception cref="Word2VecException">
    /// The file is missing, holds no pairs, or a line is not a pair (<see cref="ErrorKind.Input"/>).
    /// </exception>
    /// <param name="composeUnknown">
    /// Whether words that are not in the vocabulary have the vector of their n-grams, where the vectors have subwords; else their pairs are not asked.
    /// </param>
    public static SimilarityResult Evaluate(WordVectors vectors, string path, bool composeUnknown = false)
    {
        List<(string A, string B, double Score)> pairs = Parse(path);
        double[] cosines = Cosines(vectors, pairs, composeUnknown);
        int[] asked = [.. Enumerable.Range(0, cosines.Length).Where(i => !double.IsNaN(cosines[i]))];
        double spearman = RankCorrelation.Spearman(Array.ConvertAll(asked, i => cosines[i]), Array.ConvertAll(asked, i => pairs[i].Score));
        return new SimilarityResult(spearman, asked.Length, pairs.Count);
    }

    /// <summary>The cosine of each pair; not a number where one of its words is not known.</summary>
    internal static double[] Cosines(WordVectors vectors, IReadOnlyList<(string A, string B, double Score)> pairs, bool composeUnknown)
    {
        var words = new QuestionWords(vectors, composeUnknown);
        double[] cosines = [.. pairs.Select(pair =>
            words.TryGetVector(pair.A, out _, out ReadOnlySpan<float> a) && words.TryGetVector(pair.B, out _, out ReadOnlySpan<float> b)
                ? PlainVectorMath.Cosine(a, b) : double.NaN)];
        GC.KeepAlive(vectors);
        return cosines;
    }

    /// <summary>Reads <paramref name="path"/> as <see cref="Evaluate"/> does, to find its errors before a long training.</summary>
    /// <exception cref="Word2VecException">As in <see cref="Evaluate"/>.</exception>
    public static void Check(string path) => Parse(path);

    internal static List<(string A, string B, double Score)> Parse(string path)
    {
        List<(string A, string B, double Score)> pairs = [];
        bool isFirst = true;
        foreach ((int number, string line) in QuestionFile.Lines(path, Expected))
        {
            bool isPair = TryParse(line, out int fields, out string a, out string b, out double score);
            if (!isPair && !(isFirst && fields >= 3))
                throw QuestionFile.Malformed(path, number, line, Expected);
            isFirst = false;
            if (isPair)
                pairs.Add((a, b, score));
        }

        return pairs.Count > 0 ? pairs
            : throw new Word2VecException(ErrorKind.Input, $"'{path}' holds no pairs; {Expected} were expected on each line.");
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
