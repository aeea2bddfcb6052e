using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Queries;

public class VectorIndexTests
{
    private static readonly WordVectors World = new(
        WordIndex.From(["king", "queen", "man", "woman", "table", "none"]), 3,
        [2, 2, 0, 2, -2, 0, 1, 1, .5f, .5f, -.5f, .25f, 0, 0, 7, 0, 0, 0]);

    public static TheoryData<int> Sizes => [.. Enumerable.Range(1, 70)];

    // One query and several, with a thread and with as many as the work is worth, which is more than one.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(60, 1)]
    [InlineData(60, 4)]
    public void A_search_that_is_cancelled_gives_nothing(int queries, int threads)
    {
        var vectors = MakeRandom(4000, 600, new Random(1));
        var index = new VectorIndex(vectors) { Threads = threads };
        var cancelled = new CancellationToken(canceled: true);
        float[] asked = vectors.CopyRows(0, queries);
        Assert.ThrowsAny<OperationCanceledException>(() => index.Nearest(asked, cancellation: cancelled));
        string[] words = [.. vectors.EnumerateWords().Take(queries)];
        Assert.ThrowsAny<OperationCanceledException>(() => index.MostSimilarBatch(words, 3, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => new VectorIndex(vectors, 0, cancelled));
    }

    // What gensim 4.2's n_similarity gives.
    [Fact]
    public void Lists_of_words_are_compared_by_their_means()
    {
        var index = new VectorIndex(new WordVectors(WordIndex.From(["a", "b", "c"]), 2, [3, 4, 0, 2, -5, 0]));
        Assert.Equal(0.6f, index.Similarity(["a", "b"], ["c", "a"]), 1e-6f);
        Assert.Equal(-0.2599735f, index.Similarity(["a"], ["b", "c"]), 1e-6f);
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => index.Similarity([], ["a"])).Kind);
        Assert.Equal(ErrorKind.UnknownWord, Assert.Throws<Word2VecException>(() => index.Similarity(["a"], ["d"])).Kind);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_fast_search_agrees_with_the_plain_one(int size)
    {
        var random = new Random(size);
        int count = random.Next(1, 301), restrict = random.Next(1, count + 1), wanted = random.Next(1, 15), queries = random.Next(1, 80);
        var vectors = MakeRandom(count, size, random);
        float[] asked = Draw(queries * size, random);
        int[][] excluded = [.. Enumerable.Range(0, queries).Select(_ => random.GetItems([.. Enumerable.Range(0, count)], random.Next(4)))];
        foreach (int lanes in new[] { 4, 8, 16 })
        {
            var index = new VectorIndex(vectors, restrict, lanes) { Threads = 3 };
            Hit[][] found = index.Search(asked, wanted, excluded);
            for (int i = 0; i < queries; i++)
                AssertAgrees(PlainVectorIndex.Nearest(vectors, restrict, asked.AsSpan(i * size, size), wanted, excluded[i]), found[i]);
        }
    }

    // Sizes on both sides of where a sum is cut into pieces, and vectors that a byte a component describes badly: a few components far
    // greater than all others, or rows so alike that rounding cannot tell them apart.
    [Theory]
    [InlineData(511, 0)]
    [InlineData(512, 1)]
    [InlineData(513, 2)]
    [InlineData(1030, 0)]
    [InlineData(2100, 1)]
    [InlineData(100, 1)]
    [InlineData(100, 2)]
    [InlineData(300, 2)]
    [InlineData(3, 1)]
    public void What_rounding_hides_is_found_nevertheless(int size, int kind)
    {
        var random = new Random(size);
        float[] rows = Draw(700 * size, random), asked = Draw(9 * size, random);
        for (int i = 0; kind == 1 && i < rows.Length; i += 1 + random.Next(size))
            rows[i] *= 1000;
        for (int i = 0; kind == 1 && i < asked.Length; i += 1 + random.Next(size))
            asked[i] *= -1000;
        for (int i = size; kind == 2 && i < rows.Length; i++)
            rows[i] = rows[i % size] + 1e-3f * rows[i];
        rows[..size].CopyTo(asked, 0);
        var vectors = new WordVectors(WordIndex.From(Enumerable.Range(0, 700).Select(id => $"w{id}")), size, rows);
        foreach (int lanes in new[] { 4, 8, 16 })
        {
            Hit[][] found = new VectorIndex(vectors, 0, lanes) { Threads = 2 }.Search(asked, 10, null);
            for (int i = 0; i < found.Length; i++)
                AssertAgrees(PlainVectorIndex.Nearest(vectors, 700, asked.AsSpan(i * size, size), 10, []), found[i]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(301)]
    public void Asking_for_more_than_there_is_gives_all(int count)
    {
        var vectors = MakeRandom(count, 5, new Random(1));
        Hit[][] found = new VectorIndex(vectors).Search(Draw(50, new Random(2)), int.MaxValue, null);
        Assert.All(found, hits => Assert.Equal(Enumerable.Range(0, count), hits.Select(hit => hit.Id).Order()));
    }

    [Fact]
    public void The_number_of_threads_and_of_queries_in_a_batch_does_not_change_an_answer()
    {
        var random = new Random(4);
        var vectors = MakeRandom(3000, 40, random);
        float[] asked = Draw(600 * 40, random);
        Hit[][] one = new VectorIndex(vectors) { Threads = 1 }.Search(asked, 7, null);
        Assert.Equal(one, new VectorIndex(vectors) { Threads = 5 }.Search(asked, 7, null));
        Assert.Equal(one[100..109], new VectorIndex(vectors).Search(asked.AsSpan(100 * 40, 9 * 40), 7, null));
        Assert.Equal(one[100..101], new VectorIndex(vectors).Search(asked.AsSpan(100 * 40, 40), 7, null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void Of_equal_rows_the_lower_id_comes_first(int queries)
    {
        var words = WordIndex.From(Enumerable.Range(0, 200).Select(id => $"w{id}"));
        var vectors = new WordVectors(words, 3, [.. Enumerable.Range(0, 600).Select(i => (float)(i % 3))]);
        float[] asked = [.. Enumerable.Repeat(new float[] { 1, 2, 3 }, queries).SelectMany(query => query)];
        Assert.All(new VectorIndex(vectors).Search(asked, 5, null), hits => Assert.Equal([0, 1, 2, 3, 4], hits.Select(hit => hit.Id)));
    }

    [Fact]
    public void Rows_in_a_mapped_file_are_searched_where_they_lie()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("word2vec-queries-");
        var vectors = MakeRandom(31, 7, new Random(5));
        string path = Path.Combine(folder.FullName, "v.bin");
        VectorFile.Save(vectors, path);
        using (WordVectors mapped = VectorFile.Open(path))
        {
            float[] asked = Draw(7 * 20, new Random(6));
            Assert.Equal(new VectorIndex(vectors).Search(asked, 40, null), new VectorIndex(mapped).Search(asked, 40, null));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void Zeros_are_similar_to_nothing_and_never_not_a_number()
    {
        var index = new VectorIndex(World);
        Assert.Equal(0, index.Similarity("king", "none"));
        Assert.All(index.MostSimilar(["none"]), neighbor => Assert.Equal(0, neighbor.Similarity));
        Neighbor last = index.MostSimilar(["king"], count: 5).Single(neighbor => neighbor.Word == "none");
        Assert.Equal(0, BitConverter.SingleToInt32Bits(last.Similarity));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Rows_beyond_the_range_of_32_bit_sums_are_found_too(int queries)
    {
        float[] rows = [1, 1, 3e38f, 2.9e38f, 1e-44f, 0, -1e-30f, -1e-30f];
        var vectors = new WordVectors(WordIndex.From(["one", "huge", "tiny", "opposite"]), 2, rows);
        float[] asked = [.. Enumerable.Repeat(new float[] { 1e30f, 1e30f }, queries).SelectMany(query => query)];
        foreach (Hit[] hits in new VectorIndex(vectors).Search(asked, 4, null))
            AssertAgrees(PlainVectorIndex.Nearest(vectors, 4, [1, 1], 4, []), hits);
    }

    [Fact]
    public void Most_similar_leaves_out_the_asked_words_and_gives_cosines()
    {
        var index = new VectorIndex(World);
        IReadOnlyList<Neighbor> found = index.MostSimilar(["king"], count: 2);
        Assert.Equal(["man", "queen"], found.Select(neighbor => neighbor.Word));
        Assert.Equal(1 / Math.Sqrt(1.125), found[0].Similarity, 1e-6);
        Assert.Equal(index.Similarity("king", "man"), found[0].Similarity, 1e-6f);
        Assert.Equal(2, found[0].Id);
    }

    // By hand: unit(king) + unit(woman) − unit(man) points to queen's side.
    [Fact]
    public void An_analogy_is_b_less_a_plus_c_of_unit_vectors()
    {
        var index = new VectorIndex(World);
        Assert.Equal("queen", index.Analogy("man", "king", "woman", 1)[0].Word);
        Assert.Equal(index.MostSimilar(["king", "woman"], ["man"]), index.Analogy("man", "king", "woman"));
    }

    [Fact]
    public void A_batch_answers_what_each_word_alone_is_answered()
    {
        var vectors = MakeRandom(150, 20, new Random(9));
        var index = new VectorIndex(vectors, restrict: 100);
        string[] words = [.. vectors.EnumerateWords()];
        IReadOnlyList<IReadOnlyList<Neighbor>> batch = index.MostSimilarBatch(words, 3);
        for (int i = 0; i < words.Length; i++)
        {
            IReadOnlyList<Neighbor> alone = index.MostSimilar([words[i]], count: 3);
            Assert.Equal(alone.Select(neighbor => neighbor.Word), batch[i].Select(neighbor => neighbor.Word));
            Assert.DoesNotContain(words[i], batch[i].Select(neighbor => neighbor.Word));
            Assert.All(batch[i], neighbor => Assert.InRange(neighbor.Id, 0, 99));
        }
    }

    [Fact]
    public void An_empty_batch_and_an_empty_vocabulary_have_no_answers()
    {
        Assert.Empty(new VectorIndex(World).MostSimilarBatch([]));
        Assert.Empty(new VectorIndex(new WordVectors(WordIndex.From([]), 2, [])).Nearest(new float[2])[0]);
    }

    [Fact]
    public void The_odd_one_out_is_farthest_from_the_mean() =>
        Assert.Equal("table", new VectorIndex(World).DoesNotMatch(["king", "man", "table"]));

    [Fact]
    public void An_unknown_word_gets_its_nearest_spellings()
    {
        var index = new VectorIndex(World);
        var error = Assert.Throws<Word2VecException>(() => index.MostSimilar(["kign"]));
        Assert.Equal(ErrorKind.UnknownWord, error.Kind);
        Assert.Equal("The word 'kign' is not among the 6 words of these vectors. Did you mean 'king'?", error.Message);
        Assert.Contains("No word is spelt like it", Assert.Throws<Word2VecException>(() => index.Similarity("king", "xyzzyxyzzy")).Message);
    }

    [Fact]
    public void Questions_without_sense_are_usage_errors()
    {
        var index = new VectorIndex(World);
        Action[] questions =
        [
            () => index.MostSimilar([]), () => index.MostSimilar(["king"], count: 0),
            () => index.DoesNotMatch(["king", "man"]), () => _ = new VectorIndex(World, -1),
        ];
        Assert.All(questions, question => Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(question).Kind));
        Assert.Throws<ArgumentException>(() => index.Nearest(new float[4]));
    }

    // Where two scores are closer than rounding, their order is open; everything else must agree.
    private static void AssertAgrees(Hit[] expected, Hit[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Score, found[i].Score, 2e-6f);
            if (expected[i].Id != found[i].Id)
            {
                int elsewhere = Array.FindIndex(found, hit => hit.Id == expected[i].Id);
                float rival = elsewhere >= 0 ? found[elsewhere].Score : found[^1].Score;
                Assert.Equal(expected[i].Score, rival, 2e-6f);
            }
        }

        Assert.Equal(found.Length, found.Select(hit => hit.Id).Distinct().Count());
    }

    private static WordVectors MakeRandom(int count, int size, Random random) =>
        new(WordIndex.From(Enumerable.Range(0, count).Select(id => $"w{id}")), size, Draw(count * size, random));

    private static float[] Draw(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1))];
}
