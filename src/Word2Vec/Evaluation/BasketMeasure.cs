using System.Globalization;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>
/// Baskets of items that were bought together: each item in turn is taken out, and the others are asked what else belongs to them. Beside it stands what the most popular items that
/// are not in the basket would have done.
/// </summary>
internal sealed class BasketMeasure : Measure
{
    private const string Expected = "the items of a basket with spaces between them";

    private readonly List<string[]> _baskets;
    private readonly int _depth;

    public BasketMeasure(string path, int depth)
        : base("baskets", path, $"hit rate@{depth}", "MRR", $"hit rate@{depth} of the most popular", "MRR of the most popular")
    {
        OptionCheck.Range(nameof(depth), depth, 1, int.MaxValue);
        _depth = depth;
        _baskets = [.. QuestionFile.Lines(path, Expected).Select(line => line.Line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray())
            .Where(basket => basket.Length > 1)];
        if (_baskets.Count == 0)
            throw new Word2VecException(ErrorKind.Input, $"'{path}' holds no basket of two items or more; {Expected} were expected on each line.");
    }

    internal override Answers Ask(WordVectors vectors, CancellationToken cancellation)
    {
        var recommender = new BasketRecommender(vectors);
        int[][] baskets = [.. _baskets.Select(recommender.Known)];
        var (keys, asked) = (new List<string>(), new List<(int Basket, int Place)>());
        for (int basket = 0; basket < baskets.Length; basket++)
        {
            for (int place = 0; place < baskets[basket].Length && baskets[basket].Length > 1; place++)
            {
                keys.Add(string.Create(CultureInfo.InvariantCulture, $"{basket} {vectors.Words[baskets[basket][place]]}"));
                asked.Add((basket, place));
            }
        }

        int[] popularity = Popularity(vectors);
        double[][] values = [.. Scores.Select(_ => new double[asked.Count])];
        Parallel.For(0, asked.Count, new ParallelOptions { CancellationToken = cancellation }, () => new float[vectors.Count], (i, _, scores) =>
        {
            int[] basket = baskets[asked[i].Basket];
            int held = basket[asked[i].Place];
            int[] others = [.. basket.Where(id => id != held)];
            recommender.Score(recommender.Sum(others), 1, scores);
            int rank = Rank(scores, held, others), popular = popularity[held] - others.Count(id => popularity[id] < popularity[held]);
            (values[0][i], values[1][i]) = (rank < _depth ? 1 : 0, 1.0 / (rank + 1));
            (values[2][i], values[3][i]) = (popular < _depth ? 1 : 0, 1.0 / (popular + 1));
            return scores;
        }, _ => { });
        return new MeanAnswers(keys, _baskets.Sum(basket => basket.Length), values);
    }

    // How many come before it; of equal scores the lower id does.
    private static int Rank(float[] scores, int held, int[] others)
    {
        float own = scores[held];
        int rank = 0;
        for (int id = 0; id < scores.Length; id++)
            rank += scores[id] > own || (scores[id] == own && id < held) ? 1 : 0;
        return rank - others.Count(id => scores[id] > own || (scores[id] == own && id < held));
    }

    // The place of each item by its count or, in a file without counts, by its row: such files begin with what is frequent.
    private static int[] Popularity(WordVectors vectors)
    {
        IReadOnlyList<long>? counts = vectors.Counts;
        int[] order = [.. Enumerable.Range(0, vectors.Count).OrderByDescending(id => counts?[id] ?? 0)], places = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
            places[order[place]] = place;
        return places;
    }
}
