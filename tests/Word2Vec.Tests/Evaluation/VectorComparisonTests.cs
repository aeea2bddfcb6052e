using Word2Vec.Evaluation;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Evaluation;

public sealed class VectorComparisonTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-comparison-");

    // Three kinds of things on three axes, and what disturbs them.
    private static WordVectors World(double noise, int skip = 0, params string[] more)
    {
        string[] words = [.. Enumerable.Range(skip, 60 - skip).Select(i => $"w{i}"), .. more];
        float[] rows = [.. words.SelectMany((word, place) => Enumerable.Range(0, 5).Select(d =>
            (float)((d == Kind(word, place) ? 1 : 0) + noise * Math.Sin((7 * place + 3 * d) * (place + 1)))))];
        return new WordVectors(WordIndex.From(words), 5, rows);
    }

    private static int Kind(string word, int place) => (word[0] == 'w' ? int.Parse(word[1..]) : place) % 3;

    private string Labels(int count = 60) => Write("labels.tsv", string.Concat(Enumerable.Range(0, count).Select(i => $"w{i}\tkind{i % 3}\n")));

    [Fact]
    public void What_is_planted_scores_one_and_what_is_disturbed_less()
    {
        string labels = Labels();
        Measure[] measures = [Measure.Categories(labels), Measure.Labels(labels), Measure.Retrieval(labels, 10)];
        IReadOnlyList<ComparedScore> clean = VectorComparison.Of([World(0.01)], measures, 0), noisy = VectorComparison.Of([World(3)], measures, 0);
        Assert.Equal(["purity", "NMI", "adjusted Rand", "accuracy", "macro F1", "precision@10", "MAP", "MRR", "nDCG@10"], clean.Select(score => score.Score));
        Assert.All(clean, score => Assert.Equal((1.0, 60, 60), (score.Value, score.Asked, score.Total)));
        Assert.All(noisy, score => Assert.InRange(score.Value, -0.2, 0.95));
        Assert.All(clean, score => Assert.True(double.IsNaN(score.Low) && score.Difference is null));
    }

    [Fact]
    public void Scores_are_those_of_the_single_evaluations()
    {
        using WordVectors vectors = World(1);
        string questions = Write("q.txt", string.Concat(Enumerable.Range(0, 20).Select(i => $"w{i} w{i + 1} w{i + 3} w{i + 4}\nw{i} w1 x y\n")));
        string pairs = Write("p.tsv", string.Concat(Enumerable.Range(0, 30).Select(i => $"w{i}\tw{i + 5}\t{i * 7 % 10}\nw1\tx\t2\n")));
        IReadOnlyList<ComparedScore> found = VectorComparison.Of([vectors], [Measure.Analogies(questions), Measure.Similarity(pairs)], 0);
        AnalogyResult analogies = AnalogyEvaluation.Evaluate(vectors, questions);
        SimilarityResult similarity = SimilarityEvaluation.Evaluate(vectors, pairs);
        Assert.Equal((analogies.Accuracy, analogies.Asked, 40), (found[0].Value, found[0].Asked, found[0].Total));
        Assert.Equal((similarity.Spearman, 30, 60), (found[1].Value, found[1].Asked, found[1].Total));
    }

    [Fact]
    public void Intervals_repeat_hold_the_score_and_follow_the_seed()
    {
        string labels = Labels();
        Measure[] measures = [Measure.Labels(labels), Measure.Retrieval(labels)];
        WordVectors[] vectors = [World(1), World(2)];
        IReadOnlyList<ComparedScore> first = VectorComparison.Of(vectors, measures, 200), again = VectorComparison.Of(vectors, measures, 200);
        Assert.Equal(first, again);
        Assert.NotEqual(first, VectorComparison.Of(vectors, measures, 200, seed: 2));
        Assert.All(first, score => Assert.True(score.Low <= score.Value && score.Value <= score.High && score.Low < score.High, score.ToString()));
        Assert.All(first, score => Assert.Equal(score.Vectors == 1, score.Difference is not null));
    }

    // 60 answers, 45 of them right: the interval of a mean of n zeros and ones is p ± 1.96 √(p(1 − p)/n), here ± 0.110.
    [Fact]
    public void The_interval_of_a_share_is_as_wide_as_it_should_be()
    {
        double[] right = [.. Enumerable.Range(0, 60).Select(i => i % 4 == 0 ? 0.0 : 1)];
        var answers = new MeanAnswers([.. right.Select((_, i) => $"{i}")], 60, right);
        (double low, double high) = new Bootstrap(4000, 1, CancellationToken.None).Intervals(60, 1, (places, scores) => answers.Score(places, scores))[0];
        Assert.InRange(low, 0.62, 0.66);
        Assert.InRange(high, 0.84, 0.87);
    }

    // Both err, the second a little more on the same questions: the intervals of the scores overlap, that of the difference does not hold 0.
    [Fact]
    public void Differences_are_paired()
    {
        WordVectors[] vectors = [World(1.2), World(1.2)];
        string labels = Labels();
        ComparedScore same = VectorComparison.Of(vectors, [Measure.Retrieval(labels)], 200)[1];
        Assert.Equal(new ScoreDifference(0, 0, 0, 60), same.Difference);
        ComparedScore[] found = [.. VectorComparison.Of([World(1.2), World(1.5)], [Measure.Retrieval(labels)], 1000).Where(score => score.Score == "MAP")];
        Assert.Equal(found[1].Value - found[0].Value, found[1].Difference!.Value, 1e-12);
        Assert.True(found[1].High > found[0].Low, "the intervals overlap");
        Assert.True(found[1].Difference!.High - found[1].Difference!.Low < found[1].High - found[1].Low + (found[0].High - found[0].Low) - 0.01,
            "a paired difference spreads less than two scores apart");
    }

    [Fact]
    public void Each_is_asked_what_it_knows_and_compared_on_what_both_know()
    {
        string labels = Labels();
        ComparedScore[] found = [.. VectorComparison.Of([World(1), World(1, skip: 20)], [Measure.Retrieval(labels)], 50).Where(score => score.Score == "MRR")];
        Assert.Equal([(60, 60), (40, 60)], found.Select(score => (score.Asked, score.Total)));
        Assert.Equal(40, found[1].Difference!.Questions);
    }

    [Fact]
    public void Shared_words_are_in_the_order_of_the_first_and_keep_their_vectors()
    {
        using WordVectors first = World(1, 0, "only", "w3"), second = World(2, 40, "other", "w3");
        IReadOnlyList<WordVectors> shared = VectorComparison.OfSharedWords([first, second]);
        string[] expected = ["w3", .. Enumerable.Range(40, 20).Select(i => $"w{i}")];
        Assert.All(shared, one => Assert.Equal(expected, one.EnumerateWords()));
        Assert.Equal(second["w41"].ToArray(), shared[1]["w41"].ToArray());
        Assert.Equal(first["w3"].ToArray(), shared[0]["w3"].ToArray());
        var error = Assert.Throws<Word2VecException>(() => VectorComparison.OfSharedWords([World(1), new WordVectors(WordIndex.From(["z"]), 1, [1])]));
        Assert.Equal(ErrorKind.Input, error.Kind);
    }

    [Fact]
    public void Relevant_words_are_looked_for_among_all()
    {
        WordVectors vectors = new(WordIndex.From(["q", "near", "far", "opposite"]), 2, [1, 0, 1, 0.1f, 0, 1, -1, 0]);
        string path = Write("relevant.tsv", "# query, then what is relevant\nq\tnear\nQ\topposite\tunknown\nfar\tq\tfar\nunknown\tq\nq\tunknown\n");
        IReadOnlyList<ComparedScore> found = VectorComparison.Of([vectors], [Measure.Relevant(path, depth: 2)], 0);
        Assert.Equal((3, 5), (found[2].Asked, found[2].Total));
        Assert.Equal((1 + 1 / 3.0 + 1 / 2.0) / 3, found[2].Value, 1e-12);
        Assert.Equal((0.5 + 0 + 0.5) / 3, found[0].Value, 1e-12);
    }

    [Theory]
    [InlineData("one\n", "Line 1")]
    [InlineData("\n# nothing\n", "holds no questions")]
    public void A_malformed_file_of_relevant_words_is_refused(string text, string hint)
    {
        var error = Assert.Throws<Word2VecException>(() => Measure.Relevant(Write("r.tsv", text)));
        Assert.Equal(ErrorKind.Input, error.Kind);
        Assert.Contains(hint, error.Message);
    }

    [Fact]
    public void Labels_that_ask_for_nothing_are_refused()
    {
        string labels = Write("own.tsv", "w1\ta\nw2\tb\nw3\tc\n");
        Assert.Contains("same label", Assert.Throws<Word2VecException>(() => VectorComparison.Of([World(1)], [Measure.Retrieval(labels)], 0)).Message);
        Assert.Throws<Word2VecException>(() => VectorComparison.Of([World(1)], [], -1));
        Assert.Throws<OperationCanceledException>(() => VectorComparison.Of(
            [World(1)], [Measure.Retrieval(Labels())], cancellation: new CancellationToken(canceled: true)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
