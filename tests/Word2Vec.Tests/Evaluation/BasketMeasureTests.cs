using Word2Vec.Evaluation;
using Word2Vec.Queries;
using Word2Vec.Tests.Words;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Evaluation;

public sealed class BasketMeasureTests : IDisposable
{
    private static readonly string[] Items = ["bag", "drill", "bit", "pen", "ink"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_output_vectors_the_nearest_to_the_mean_are_recommended_without_the_basket()
    {
        using WordVectors vectors = Vectors();
        var recommender = new BasketRecommender(vectors);
        Assert.False(recommender.UsesOutputVectors);
        IReadOnlyList<Neighbor> found = recommender.Recommend(["drill", "hammer", "drill"], 2);
        Assert.Equal(["bit", "bag"], found.Select(neighbor => neighbor.Word));
        IReadOnlyList<Neighbor> near = new VectorIndex(vectors).MostSimilar(["drill", "pen"], null, 3), same = recommender.Recommend(["pen", "drill"], 10);
        Assert.Equal(near.Select(neighbor => neighbor.Word), same.Select(neighbor => neighbor.Word));
        for (int i = 0; i < 3; i++)
            Assert.Equal(near[i].Similarity, same[i].Similarity, 1e-6);
        Assert.Equal(ErrorKind.UnknownWord, Assert.Throws<Word2VecException>(() => recommender.Recommend(["hammer"])).Kind);
        Assert.Equal(ErrorKind.UnknownWord, Assert.Throws<Word2VecException>(() => recommender.Recommend([])).Kind);
    }

    [Fact]
    public void With_output_vectors_their_products_with_the_mean_are_the_scores()
    {
        float[] output = [.. Enumerable.Range(0, 15).Select(i => MathF.Sin(i))];
        using WordVectors plain = Vectors();
        using var vectors = new WordVectors(WordIndex.From(Items), 3, [.. Enumerable.Range(0, 5).SelectMany(plain.CopyRow)])
        {
            OutputVectors = new WordVectors(WordIndex.From(Items), 3, output),
        };
        IReadOnlyList<Neighbor> found = new BasketRecommender(vectors).Recommend(["drill", "pen"], 3);
        using WordVectors units = plain.Normalized();
        float[] mean = [.. Enumerable.Range(0, 3).Select(d => (units[1][d] + units[3][d]) / 2)];
        foreach (Neighbor neighbor in found)
            Assert.Equal(Enumerable.Range(0, 3).Sum(d => mean[d] * output[neighbor.Id * 3 + d]), neighbor.Similarity, 1e-5);
        Assert.Equal(found.OrderByDescending(neighbor => neighbor.Similarity), found);
        Assert.Equal(["bag", "bit", "ink"], found.Select(neighbor => neighbor.Word).Order());
    }

    [Fact]
    public void Hit_rate_and_rank_are_counted_item_by_item_beside_the_most_popular()
    {
        // Each of a pair finds the other first, by popularity bag comes first; the third basket has but one item with a vector.
        string file = _folder.Make("baskets.txt", "drill bit\npen ink pen\nbag hammer\n");
        using WordVectors vectors = Vectors();
        double[] values = [.. VectorComparison.Of([vectors], [Measure.Baskets(file, depth: 1)], resamples: 0).Select(score => score.Value)];
        // Popularity without the other: drill and bit come second, pen and ink fourth, and third where drill and bit are in front: places 2, 2, 4, 4.
        Assert.Equal([1, 1, 0, (1 / 2.0 + 1 / 2.0 + 1 / 4.0 + 1 / 4.0) / 4], values);
        ComparedScore score = VectorComparison.Of([vectors], [Measure.Baskets(file, depth: 2)], resamples: 0)[2];
        Assert.Equal((0.5, 4, 6), (score.Value, score.Asked, score.Total));
    }

    [Fact]
    public void Counts_say_what_is_popular_where_there_are_counts()
    {
        string file = _folder.Make("baskets.txt", "pen ink\n");
        using WordVectors rows = Vectors();
        using var vectors = new WordVectors(WordIndex.From(Items), 3, [.. Enumerable.Range(0, 5).SelectMany(rows.CopyRow)]) { Counts = [1, 2, 3, 9, 8] };
        Assert.Equal(1, VectorComparison.Of([vectors], [Measure.Baskets(file, depth: 1)], resamples: 0)[3].Value);
        Assert.Contains("holds no basket", Assert.Throws<Word2VecException>(() => Measure.Baskets(_folder.Make("none.txt", "pen\nink ink\n"))).Message, StringComparison.Ordinal);
    }

    private static WordVectors Vectors() => new(WordIndex.From(Items), 3, [1, 1, 1, 3, 0, 0.1f, 1, 0, 0, 0, 2, 0, 0, 1, 0.2f]);
}
