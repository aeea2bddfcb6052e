using Word2Vec.Analysis;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Analysis;

public class TrustworthinessTests
{
    [Theory]
    [InlineData(40, 5)]
    [InlineData(97, 10)]
    [InlineData(7, 3)]
    public void It_is_what_the_ranks_say(int count, int neighbors)
    {
        WordVectors vectors = Planted.Clouds(1, count, 5, 0, 1), map = Planted.Clouds(1, count, 2, 0, 1, seed: 2);
        double expected = 0;
        for (int i = 0; i < count; i++)
        {
            int[] near = [.. Others(count, i).OrderBy(j => Square(map, i, j)).Take(neighbors)], byVector = [.. Others(count, i).OrderBy(j => Square(vectors, i, j))];
            expected += near.Sum(j => Math.Max(0, Array.IndexOf(byVector, j) + 1 - neighbors));
        }

        expected = 1 - 2.0 / (count * neighbors * (2.0 * count - 3 * neighbors - 1)) * expected;
        Assert.Equal(expected, Trustworthiness.Of(vectors, map, neighbors, spherical: false), 1e-9);
        Assert.Equal(expected, Trustworthiness.Of(vectors, map, neighbors, spherical: false, threads: 1), 1e-9);
    }

    [Fact]
    public void A_map_of_the_vectors_themselves_is_trustworthy_and_a_drawn_one_is_half()
    {
        WordVectors flat = Planted.Clouds(1, 600, 2, 0, 1), drawn = Planted.Clouds(1, 600, 2, 0, 1, seed: 5);
        Assert.Equal(1, Trustworthiness.Of(flat, flat, spherical: false));
        Assert.Equal(0.5, Trustworthiness.Of(flat, drawn, spherical: false), 0.03);
        Assert.Equal(Trustworthiness.Of(flat, drawn, spherical: false), Trustworthiness.Of(flat, drawn, spherical: false, sample: 200), 0.05);
    }

    [Fact]
    public void Few_points_and_other_words_are_told_apart()
    {
        WordVectors two = Planted.Clouds(1, 2, 3, 0, 1), three = Planted.Clouds(1, 3, 2, 0, 1);
        Assert.Equal(1, Trustworthiness.Of(two, two));
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => Trustworthiness.Of(two, three)).Kind);
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => Trustworthiness.Of(two, two, neighbors: 0)).Kind);
    }

    private static IEnumerable<int> Others(int count, int id) => Enumerable.Range(0, count).Where(j => j != id);

    private static double Square(WordVectors vectors, int i, int j) => vectors.CopyRow(i).Zip(vectors.CopyRow(j)).Sum(pair => Math.Pow(pair.First - pair.Second, 2));
}
