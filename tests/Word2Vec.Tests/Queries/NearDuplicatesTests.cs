using Word2Vec.Numerics;
using Word2Vec.Queries;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Queries;

public class NearDuplicatesTests
{
    private const int Size = 24;

    private static VectorIndex Index(float[][] rows, int lanes = 8) => new(
        new WordVectors(WordIndex.From(Enumerable.Range(0, rows.Length).Select(i => $"t{i}")), rows[0].Length, [.. rows.SelectMany(row => row)]), 0, lanes);

    private static float[] Draw(Random random) => [.. Enumerable.Range(0, Size).Select(_ => random.NextSingle() - 0.5f)];

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Planted_pairs_are_found_once_and_none_else(int lanes)
    {
        var random = new Random(lanes);
        float[][] rows = [.. Enumerable.Range(0, 3000).Select(_ => Draw(random))];
        (int, int)[] planted = [(0, 2999), (5, 6), (1023, 1024), (1500, 2500)];
        foreach ((int first, int second) in planted)
            rows[second] = [.. rows[first].Select(x => 3 * x + 0.01f * random.NextSingle())];
        rows[77] = rows[78] = new float[Size];
        SimilarPair[] found = [.. NearDuplicates.Find(Index(rows, lanes), 0.97f)];
        Assert.Equal(planted, found.Select(pair => (pair.First, pair.Second)));
        Assert.All(found, pair => Assert.Equal(PlainVectorMath.Cosine(rows[pair.First], rows[pair.Second]), pair.Similarity, 1e-6f));
    }

    [Theory]
    [InlineData(0.3f)]
    [InlineData(0.6f)]
    public void All_pairs_above_a_threshold_are_found(float threshold)
    {
        var random = new Random(9);
        float[][] rows = [.. Enumerable.Range(0, 400).Select(_ => Draw(random))];
        var expected = from i in Enumerable.Range(0, 400)
                       from j in Enumerable.Range(i + 1, 399 - i)
                       where PlainVectorMath.Cosine(rows[i], rows[j]) >= threshold
                       select (i, j);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, NearDuplicates.Find(Index(rows), threshold).Select(pair => (pair.First, pair.Second)).Order());
    }

    // More hits than a heap of the first search holds.
    [Fact]
    public void Many_copies_of_one_vector_are_all_pairs()
    {
        var random = new Random(4);
        float[] one = Draw(random);
        float[][] rows = [.. Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? one : Draw(random))];
        SimilarPair[] found = [.. NearDuplicates.Find(Index(rows), 1)];
        Assert.Equal(150 * 149 / 2, found.Length);
        Assert.Equal(found.Length, found.Distinct().Count());
        Assert.All(found, pair => Assert.True(pair.First < pair.Second && pair.First % 2 == 0 && pair.Second % 2 == 0 && pair.Similarity <= 1));
    }

    [Fact]
    public void A_threshold_out_of_range_is_an_error()
    {
        VectorIndex index = Index([[1, 2], [3, 4]]);
        Assert.Throws<Word2VecException>(() => NearDuplicates.Find(index, 0));
        Assert.Throws<Word2VecException>(() => NearDuplicates.Find(index, 1.1f));
        Assert.Throws<Word2VecException>(() => NearDuplicates.Find(index, float.NaN));
    }
}
