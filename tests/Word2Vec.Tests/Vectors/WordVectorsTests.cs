using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Vectors;

public class WordVectorsTests
{
    private static readonly WordVectors Three = new(WordIndex.From(["a", "b", "c"]), 2, [1, 2, 3, 4, 5, 6]);

    [Fact]
    public void A_row_is_found_by_id_and_by_word()
    {
        Assert.Equal([3f, 4f], Three[1].ToArray());
        Assert.Equal([5f, 6f], Three["c"].ToArray());
        Assert.Equal(["a", "b", "c"], Three.EnumerateWords());
    }

    [Fact]
    public void A_copied_row_does_not_change_the_vectors()
    {
        float[] row = Three.CopyRow(0);
        row[0] = 9;
        Assert.Equal(1, Three[0][0]);
    }

    [Fact]
    public void A_word_can_be_looked_for()
    {
        Assert.True(Three.Contains("b"));
        Assert.True(Three.TryGetVector("b", out ReadOnlySpan<float> vector));
        Assert.Equal([3f, 4f], vector.ToArray());
        Assert.False(Three.Contains("B"));
        Assert.False(Three.TryGetVector("B", out vector));
        Assert.True(vector.IsEmpty);
    }

    // What gensim 4.2's get_mean_vector gives.
    [Fact]
    public void The_mean_is_gensims()
    {
        var vectors = new WordVectors(WordIndex.From(["a", "b", "c"]), 2, [3, 4, 0, 2, -5, 0]);
        AssertNear([0.3f, 0.9f], vectors.Mean(["a", "b"]));
        AssertNear([0.2f, 0.93333334f], vectors.Mean(["a", "b", "nowhere", "b"]));
        AssertNear([0.68f, 0.64f], vectors.Mean(["a", "c", "x"], [2, -0.5f, 9]));
        AssertNear([0, 0], vectors.Mean(["x"]));
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => vectors.Mean([])).Kind);
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => vectors.Mean(["a"], [1, 2])).Kind);

        static void AssertNear(float[] expected, float[] found) =>
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Rows_are_copied_as_a_matrix()
    {
        Assert.Equal([3f, 4, 5, 6], Three.CopyRows(1, 2));
        Assert.Empty(Three.CopyRows(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Three.CopyRows(2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Three.CopyRows(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Three.CopyRows(int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void An_unknown_word_is_named()
    {
        var error = Assert.Throws<Word2VecException>(() => Three["d"].Length);
        Assert.Equal(ErrorKind.UnknownWord, error.Kind);
        Assert.Contains("'d'", error.Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void An_id_outside_is_refused(int id) => Assert.Throws<ArgumentOutOfRangeException>(() => Three[id].Length);

    [Fact]
    public void Rows_that_do_not_fit_the_words_are_refused() =>
        Assert.Throws<ArgumentException>(() => new WordVectors(WordIndex.From(["a"]), 2, [1, 2, 3]));

    [Fact]
    public void Nothing_is_read_after_disposal()
    {
        var vectors = new WordVectors(WordIndex.From(["a"]), 1, [1]);
        vectors.Dispose();
        Assert.Throws<ObjectDisposedException>(() => vectors[0].Length);
    }
}
