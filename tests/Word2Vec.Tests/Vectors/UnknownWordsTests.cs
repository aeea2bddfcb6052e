using Word2Vec.Evaluation;
using Word2Vec.Numerics;
using Word2Vec.Queries;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Vectors;

/// <summary>Questions about words that are not in the vocabulary, to vectors with subwords.</summary>
public sealed class UnknownWordsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-unknown-");
    private readonly WordVectors _vectors = MadeSubwords.Of(["red", "green", "blue", "reddish"], 9, new Ngrams(2, 4, 50), seed: 3);

    public void Dispose()
    {
        _vectors.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void They_have_the_vector_of_their_ngrams()
    {
        float[] expected = _vectors.Subwords!.Vector("redder");
        Assert.Equal(expected, _vectors["redder"]);
        Assert.True(_vectors.TryGetVector("redder", out ReadOnlySpan<float> found));
        Assert.Equal(expected, found);
        Assert.False(_vectors.Contains("redder"));
        float[] mean = _vectors.Mean(["redder"]);
        Assert.Equal(1, PlainVectorMath.Cosine(mean, expected), 1e-5f);
    }

    [Fact]
    public void Every_question_is_answered_as_for_a_word_with_that_vector()
    {
        float[] rows = [.. _vectors.CopyRows(0, 4), .. _vectors["redder"]];
        var known = new VectorIndex(new WordVectors(WordIndex.From(["red", "green", "blue", "reddish", "redder"]), 9, rows));
        var index = new VectorIndex(_vectors);
        Assert.Equal(known.Similarity("redder", "blue"), index.Similarity("redder", "blue"));
        Assert.Equal(known.Similarity(["redder", "red"], ["blue"]), index.Similarity(["redder", "red"], ["blue"]));
        Assert.Equal(known.MostSimilar(["redder"], count: 4), index.MostSimilar(["redder"], count: 4));
        Assert.Equal(known.MostSimilarBatch(["blue", "redder"], 4)[1], index.MostSimilarBatch(["blue", "redder"], 4)[1]);
        Assert.Equal(known.Analogy("red", "redder", "blue", 2), index.Analogy("red", "redder", "blue", 2));
        Assert.Equal(known.DoesNotMatch(["redder", "red", "blue"]), index.DoesNotMatch(["redder", "red", "blue"]));
    }

    [Fact]
    public void A_word_without_ngrams_is_unknown_with_the_nearest_spellings()
    {
        using WordVectors vectors = MadeSubwords.Of(["red", "green"], 3, new Ngrams(9, 9, 5));
        var error = Assert.Throws<Word2VecException>(() => new VectorIndex(vectors).MostSimilar(["rad"]));
        Assert.Equal(ErrorKind.UnknownWord, error.Kind);
        Assert.Contains("Did you mean 'red'", error.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.UnknownWord, Assert.Throws<Word2VecException>(() => vectors["rad"].Length).Kind);
    }

    [Fact]
    public void Pairs_with_them_are_asked_where_that_is_wanted()
    {
        string path = Write("red\tgreen\t1\nred\tblue\t2\nredder\tred\t9\nGreenish\tgreen\t8\n");
        Assert.Equal((2, 4), (SimilarityEvaluation.Evaluate(_vectors, path).Asked, SimilarityEvaluation.Evaluate(_vectors, path).Total));
        SimilarityResult all = SimilarityEvaluation.Evaluate(_vectors, path, composeUnknown: true);
        Assert.Equal(4, all.Asked);
        var index = new VectorIndex(_vectors);
        double[] cosines = [index.Similarity("red", "green"), index.Similarity("red", "blue"), index.Similarity("redder", "red"), index.Similarity("greenish", "green")];
        Assert.Equal(RankCorrelation.Spearman(cosines, [1, 2, 9, 8]), all.Spearman);
    }

    [Theory]
    [InlineData("red redder blue", true)]
    [InlineData("Red Redder BLUE", true)]
    [InlineData("redder red greener", true)]
    [InlineData("red green blue", false)]
    public void Analogies_with_them_are_asked_where_that_is_wanted(string words, bool isUnknown)
    {
        string[] abc = words.ToLowerInvariant().Split(' ');
        string answer = new VectorIndex(_vectors).Analogy(abc[0], abc[1], abc[2], 1)[0].Word, path = Write($"{words} {answer}\n{words} reddest\n");
        Assert.Equal(isUnknown ? 0 : 1, AnalogyEvaluation.Evaluate(_vectors, path).Asked);
        AnalogyResult result = AnalogyEvaluation.Evaluate(_vectors, path, composeUnknown: true);
        Assert.Equal((1, 1, 2), (result.Correct, result.Asked, result.Total));
        ComparedScore score = VectorComparison.Of([_vectors], [Measure.Analogies(path, composeUnknown: true)], 0)[0];
        Assert.Equal((1, 1, 2), (score.Value, score.Asked, score.Total));
    }

    // "reddish" is the fourth word.
    [Fact]
    public void The_answer_of_an_analogy_with_them_is_one_of_the_first_words_and_the_others_are_any()
    {
        string path = Write("red green blue reddish\nreddish green red blue\nredder green red blue\n");
        Assert.Equal(0, AnalogyEvaluation.Evaluate(_vectors, path, restrict: 3).Asked);
        Assert.Equal(2, AnalogyEvaluation.Evaluate(_vectors, path, restrict: 3, composeUnknown: true).Asked);
        Assert.Equal(3, AnalogyEvaluation.Evaluate(_vectors, path, restrict: 4, composeUnknown: true).Asked);
    }

    [Fact]
    public void Ngrams_keep_their_capitals_where_the_vocabulary_has_some()
    {
        using WordVectors vectors = MadeSubwords.Of(["red", "green", "blue", "Oslo"], 9, new Ngrams(2, 4, 50), seed: 3);
        string answer = new VectorIndex(vectors).Analogy("red", "Redder", "blue", 1)[0].Word, path = Write($"red Redder blue {answer}\n");
        Assert.Equal(1, AnalogyEvaluation.Evaluate(vectors, path, composeUnknown: true).Correct);
        Assert.True(new QuestionWords(vectors, composeUnknown: true).TryGetVector("Redder", out _, out ReadOnlySpan<float> found));
        Assert.Equal(vectors["Redder"], found);
        Assert.NotEqual(vectors["redder"].ToArray(), found.ToArray());
    }

    [Theory]
    [InlineData(TextMethod.Mean)]
    [InlineData(TextMethod.Sum)]
    [InlineData(TextMethod.Max)]
    [InlineData(TextMethod.TfIdf)]
    [InlineData(TextMethod.Sif)]
    public void Texts_with_them_are_embedded_as_if_they_were_known_and_had_never_occurred(TextMethod method)
    {
        float[] rows = [.. _vectors.CopyRows(0, 4), .. _vectors["redder"]];
        var known = new WordVectors(WordIndex.From(["red", "green", "blue", "reddish", "redder"]), 9, rows);
        var options = new TextEmbeddingOptions { Method = method };
        float[] expected = new TextEmbedder(known, options, new WordFrequencies([5, 4, 3, 2, 0], 20)).Embed("red redder blue redder");
        var target = new float[9];
        Assert.Equal(4, new TextEmbedder(_vectors, options, new WordFrequencies([5, 4, 3, 2], 20)).Embed("red redder blue redder", target));
        Assert.All(expected.Zip(target), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Texts_can_be_embedded_without_them_and_the_record_says_so()
    {
        var embedder = new TextEmbedder(_vectors, new TextEmbeddingOptions { ComposeUnknown = false });
        Assert.Equal(_vectors["red"], embedder.Embed("red redder"));
        TextEmbedder again = EmbedderRecord.Open(_vectors, EmbedderRecord.Of(embedder));
        Assert.False(again.Options.ComposeUnknown);
        Assert.True(EmbedderRecord.Open(_vectors, EmbedderRecord.Of(new TextEmbedder(_vectors))).Options.ComposeUnknown);
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder.FullName, "questions.txt");
        File.WriteAllText(path, text);
        return path;
    }
}
