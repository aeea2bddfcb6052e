using System.Numerics.Tensors;
using Word2Vec.Numerics;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Vectors;

public class LatentSemanticsTests
{
    private static readonly string[] Texts = ["a a b", "b c", "c c d", "d e a", "e e f b"];

    private static EmbeddedDocuments Embed(LatentVectors learned, IEnumerable<string> texts) =>
        DocumentVectors.Embed(learned.Embedder, texts.Select((text, i) => new TextDocument($"{i}", text)));

    // NumPy: A = tf · (ln(6 / (1 + df)) + 1), rows at length 1; the singular values of A, and the dot products of A V with V the first three.
    [Fact]
    public void Values_and_products_are_what_numpy_computes()
    {
        LatentVectors learned = LatentSemantics.Learn(Texts, new LatentSemanticsOptions { Size = 3 });
        Assert.All(learned.SingularValues.Zip((float[])[1.4235496f, 1.1982232f, 0.9348224f]), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        Assert.Equal(0.86722504, learned.Share, 1e-5);
        using WordVectors documents = Embed(learned, Texts).Vectors;
        float[] first = [0.9038326f, 0.13998304f, 0.10742692f, 0.67298856f, 0.05494658f];
        for (int i = 0; i < first.Length; i++)
            Assert.Equal(first[i], TensorPrimitives.Dot(documents[0], documents[i]), 1e-5f);
    }

    [Fact]
    public void Texts_are_nearest_to_texts_of_their_topic()
    {
        (string[] texts, int[] topics) = Planted(300, 6);
        using WordVectors documents = Embed(LatentSemantics.Learn(texts, new LatentSemanticsOptions { Size = 6 }), texts).Vectors;
        IReadOnlyList<IReadOnlyList<Neighbor>> nearest = new VectorIndex(documents).MostSimilarBatch([.. documents.EnumerateWords()], 5);
        Assert.All(nearest.Select((found, i) => (found, i)), pair => Assert.All(pair.found, one => Assert.Equal(topics[pair.i], topics[one.Id])));
    }

    [Fact]
    public void Rare_words_are_left_out_and_counts_are_of_texts()
    {
        WordVectors words = LatentSemantics.Learn(Texts, new LatentSemanticsOptions { Size = 2, MinimumCount = 2 }).Embedder.Vectors;
        Assert.Equal(["b", "a", "c", "d", "e"], words.EnumerateWords());
        Assert.Equal([3, 2, 2, 2, 2], words.Counts!);
    }

    [Fact]
    public void More_components_than_texts_are_an_error()
    {
        var error = Assert.Throws<Word2VecException>(() => LatentSemantics.Learn(Texts, new LatentSemanticsOptions { Size = 6 }));
        Assert.Equal("Vectors of 6 components cannot be learned from 5 texts with 6 different words; give more texts, or a size of 5 or less.",
            error.Message);
    }

    // Texts of a topic share no word with each other's topics but the common ones.
    private static (string[] Texts, int[] Topics) Planted(int count, int topics)
    {
        var random = new Random(1);
        int[] topicOf = [.. Enumerable.Range(0, count).Select(i => i % topics)];
        return ([.. topicOf.Select(topic => string.Join(' ', Enumerable.Range(0, 20).Select(_ =>
            random.Next(2) == 0 ? $"common{random.Next(30)}" : $"topic{topic}w{random.Next(15)}")))], topicOf);
    }

    [Fact]
    public void The_rank_of_a_matrix_may_be_lower_than_what_is_asked()
    {
        string[] texts = ["a b", "a b", "c", "c", "a b", "c"];
        LatentVectors learned = LatentSemantics.Learn(texts, new LatentSemanticsOptions { Size = 3 });
        Assert.Equal(1, learned.Share, 1e-5);
        Assert.Equal(0, learned.SingularValues[2], 1e-3f);
        using WordVectors documents = Embed(learned, texts).Vectors;
        Assert.Equal(1, new VectorIndex(documents).Similarity("0", "4"), 1e-5f);
        Assert.Equal(0, new VectorIndex(documents).Similarity("0", "3"), 1e-5f);
    }
}

public class SmallMatrixTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void Eigenvectors_make_the_matrix_again(int n)
    {
        var random = new Random(n);
        var a = new double[n * n];
        for (int i = 0; i < n * n; i++)
            a[i] = a[i % n * n + i / n] = random.NextDouble() - 0.5;
        (double[] values, double[] vectors) = SymmetricEigen.Solve(a, n);
        Assert.Equal(values.OrderDescending(), values);
        for (int i = 0; i < n * n; i++)
        {
            double sum = Enumerable.Range(0, n).Sum(k => values[k] * vectors[k * n + i / n] * vectors[k * n + i % n]);
            Assert.Equal(a[i], sum, 1e-12);
            double product = TensorPrimitives.Dot<double>(vectors.AsSpan(i / n * n, n), vectors.AsSpan(i % n * n, n));
            Assert.Equal(i / n == i % n ? 1 : 0, product, 1e-12);
        }
    }

    [Fact]
    public unsafe void The_dominant_eigenvector_is_the_first_of_all()
    {
        var random = new Random(3);
        float[] rows = [.. Enumerable.Range(0, 500 * 20).Select(_ => random.NextSingle() - 0.3f)];
        double[] gram;
        fixed (float* first = rows)
            gram = GramMatrix.Of(first, 500, 20);
        Assert.Equal(rows.Chunk(20).Sum(row => (double)row[3] * row[17]), gram[17 * 20 + 3], 1e-9);
        double[] dominant = DominantEigenvector.Of(gram, 20)!;
        (_, double[] vectors) = SymmetricEigen.Solve(gram, 20);
        Assert.Equal(1, Math.Abs(TensorPrimitives.Dot<double>(dominant, vectors.AsSpan(0, 20))), 1e-12);
        Assert.Null(DominantEigenvector.Of(new double[9], 3));
    }
}
