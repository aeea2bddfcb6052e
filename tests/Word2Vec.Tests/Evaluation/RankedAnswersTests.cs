using Word2Vec.Evaluation;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Evaluation;

public class RankedAnswersTests
{
    // Average precision by scikit-learn 1.2.1's average_precision_score, the gain by ndcg_score(k=10) and ndcg_score(k=3), each on −rank as the score.
    [Theory]
    [InlineData(new[] { 0, 3, 4 }, 10, 0.3, 0.7, 1, 0.8529278650606565)]
    [InlineData(new[] { 0, 3, 4 }, 3, 1 / 3.0, 0.7, 1, 0.46927872602275644)]
    [InlineData(new[] { 2 }, 10, 0.1, 1 / 3.0, 1 / 3.0, 0.5)]
    [InlineData(new[] { 0, 1, 2 }, 10, 0.3, 1, 1, 1)]
    [InlineData(new[] { 1, 5, 11 }, 10, 0.2, 0.3611111111111111, 0.5, 0.4632423659320676)]
    [InlineData(new[] { 1, 5, 11 }, 3, 1 / 3.0, 0.3611111111111111, 0.5, 0.2960819109658652)]
    [InlineData(new[] { 7, 9 }, 3, 0, (1 / 8.0 + 2 / 10.0) / 2, 1 / 8.0, 0)]
    public void A_ranking_scores_as_in_scikit_learn(int[] ranks, int depth, double precision, double average, double reciprocal, double gain)
    {
        (double Precision, double Average, double Reciprocal, double Gain) found = RankedAnswers.Score(ranks, depth);
        Assert.Equal(precision, found.Precision, 1e-12);
        Assert.Equal(average, found.Average, 1e-12);
        Assert.Equal(reciprocal, found.Reciprocal, 1e-12);
        Assert.Equal(gain, found.Gain, 1e-12);
    }

    [Fact]
    public void Cosines_are_ranked_without_the_query_and_equal_ones_by_place()
    {
        // Directions at 0°, 10°, 20°, 30°, 40° and, once more, 20°; the third is asked for, lengths must not count.
        double[] degrees = [0, 10, 20, 30, 40, 20];
        float[] rows = [.. degrees.SelectMany((degree, i) => new[] { (float)((i + 1) * Math.Cos(degree * Math.PI / 180)), (float)((i + 1) * Math.Sin(degree * Math.PI / 180)) })];
        var vectors = new WordVectors(WordIndex.From(["a", "b", "c", "d", "e", "f"]), 2, rows);
        int[] all = [0, 1, 2, 3, 4, 5];
        double Reciprocal(int query, int right) =>
            RankedAnswers.Of(vectors, [query], all, (_, place) => place == right, 10, CancellationToken.None)[2][0];
        Assert.Equal([1.0, 1 / 4.0, 1 / 5.0], [Reciprocal(2, 5), Reciprocal(0, 3), Reciprocal(0, 4)]);
        Assert.Equal([1 / 2.0, 1 / 3.0], [Reciprocal(0, 2), Reciprocal(0, 5)]);
    }

    // Against a sort of all cosines, with scores as they are defined.
    [Fact]
    public void Many_rankings_score_as_sorted_lists_do()
    {
        const int Count = 60, Size = 7;
        float[] rows = [.. Enumerable.Range(0, Count * Size).Select(i => (float)Math.Sin(i * i % 9973))];
        var vectors = new WordVectors(WordIndex.From(Enumerable.Range(0, Count).Select(i => $"w{i}")), Size, rows);
        int[] all = [.. Enumerable.Range(0, Count)];
        double[][] found = RankedAnswers.Of(vectors, all, all, (query, place) => query % 5 == place % 5, 10, CancellationToken.None);
        for (int query = 0; query < Count; query++)
        {
            int[] sorted = [.. all.Where(id => id != query).OrderByDescending(id => Cosine(rows, query, id, Size))];
            int[] ranks = [.. Enumerable.Range(0, sorted.Length).Where(i => sorted[i] % 5 == query % 5)];
            double average = ranks.Select((rank, i) => (i + 1.0) / (rank + 1)).Average();
            Assert.Equal(ranks.Count(rank => rank < 10) / 10.0, found[0][query], 1e-12);
            Assert.Equal(average, found[1][query], 1e-12);
        }
    }

    private static double Cosine(float[] rows, int a, int b, int size)
    {
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < size; i++)
        {
            ab += (double)rows[a * size + i] * rows[b * size + i];
            aa += (double)rows[a * size + i] * rows[a * size + i];
            bb += (double)rows[b * size + i] * rows[b * size + i];
        }

        return ab / Math.Sqrt(aa * bb);
    }
}
