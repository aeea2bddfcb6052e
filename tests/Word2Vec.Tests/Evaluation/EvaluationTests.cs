using Word2Vec.Evaluation;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Evaluation;

public sealed class EvaluationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-evaluation-");

    // Two axes say which pair a word belongs to, the third which of its two words it is. "other" lies where no question points.
    private static readonly WordVectors World = new(
        WordIndex.From(["</s>", "man", "woman", "king", "queen", "Oslo", "norway", "rome", "italy", "other"]), 4,
        [
            9, 9, 9, 9,
            1, 0, 0, 0, 1, 0, 1, 0,
            0, 1, 0, 0, 0, 1, 1, 0,
            1, .5f, 0, 0, 1, .5f, 1, 0,
            .5f, 1, 0, 0, .5f, 1, 1, 0,
            0, 0, 0, 1,
        ]);

    [Fact]
    public void Analogies_are_counted_by_section_and_kind()
    {
        string path = Write("""
            // Questions
            : family
            man woman king queen
            king queen man other
            man woman king emperor

            : capital-places
            oslo NORWAY rome italy
            Oslo norway rome italy
            : gram1-made-up
            man king woman queen
            """);
        AnalogyResult result = AnalogyEvaluation.Evaluate(World, path);
        Assert.Equal(
            [new("family", 1, 2, 3), new("capital-places", 1, 1, 2), new("gram1-made-up", 1, 1, 1)], result.Sections);
        Assert.Equal((3, 4, 6, 0.75), (result.Correct, result.Asked, result.Total, result.Accuracy));
        Assert.Equal(new AnalogySection("semantic", 2, 3, 5), result.Semantic);
        Assert.Equal(new AnalogySection("syntactic", 1, 1, 1), result.Syntactic);
        Assert.Equal(2.0 / 3, result.Semantic.Accuracy, 1e-12);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(3, 0)]
    [InlineData(9, 1)]
    [InlineData(0, 1)]
    public void Only_the_first_words_count_and_the_end_of_a_sentence_is_none_of_them(int restrict, int asked)
    {
        AnalogyResult result = AnalogyEvaluation.Evaluate(World, Write("man woman king queen\n"), restrict);
        Assert.Equal((asked, asked, 1), (result.Correct, result.Asked, result.Total));
        Assert.Equal(0, AnalogyEvaluation.Evaluate(World, Write("man woman king </s>\n"), restrict).Asked);
    }

    [Fact]
    public void Many_questions_are_asked_in_batches()
    {
        AnalogyResult result = AnalogyEvaluation.Evaluate(World, Write(string.Concat(Enumerable.Repeat("man woman king queen\nrome italy " +
            "king other\n", 700))));
        Assert.Equal((700, 1400), (result.Correct, result.Asked));
    }

    [Fact]
    public void A_cancelled_evaluation_has_no_result()
    {
        string path = Write("man woman king queen\n");
        Assert.Throws<OperationCanceledException>(() => AnalogyEvaluation.Evaluate(World, path, cancellation: new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(": s\nman woman king\n", "Line 2")]
    [InlineData("# c\n\nman woman king queen more\n", "Line 3")]
    [InlineData(": only a name\n", "no analogy questions")]
    [InlineData("", "no analogy questions")]
    public void A_malformed_analogy_file_is_refused(string text, string hint)
    {
        var error = Assert.Throws<Word2VecException>(() => AnalogyEvaluation.Evaluate(World, Write(text)));
        Assert.Equal(ErrorKind.Input, error.Kind);
        Assert.Contains(hint, error.Message);
    }

    // Cosines: king/queen ½·√2, man/woman the same, king/king 1, man/king 0; the words of the last two pairs are not known.
    [Theory]
    [InlineData("king\tqueen\t5\nman\twoman\t5\nking\tking\t10\nman\tking\t0\nking\tunicorn\t3\n")]
    [InlineData("Word 1,Word 2,Human (mean)\nking,queen,5.0,x\nman,woman,5,y\nking,king,10,\nMAN,king,0\nking,unicorn,3")]
    [InlineData("# a comment\nking queen 5\nman woman 5\n\nking king 10\r\nman king 0\nking unicorn 3\n")]
    public void Word_pairs_are_read_whatever_separates_them(string text)
    {
        SimilarityResult result = SimilarityEvaluation.Evaluate(World, Write(text));
        Assert.Equal((1.0, 4, 5), (result.Spearman, result.Asked, result.Total));
    }

    [Theory]
    [InlineData("king\tqueen\t5\nman\twoman\n", "Line 2")]
    [InlineData("king\tqueen\n", "Line 1")]
    [InlineData("king\tqueen\t5\nman\twoman\tmuch\n", "Line 2")]
    [InlineData("king\tqueen\t5\nman\twoman\tnan\n", "Line 2")]
    [InlineData("word1\tword2\tscore\n", "no pairs")]
    public void A_malformed_pair_file_is_refused(string text, string hint)
    {
        var error = Assert.Throws<Word2VecException>(() => SimilarityEvaluation.Evaluate(World, Write(text)));
        Assert.Equal(ErrorKind.Input, error.Kind);
        Assert.Contains(hint, error.Message);
    }

    [Fact]
    public void Missing_files_and_folders_are_input_errors()
    {
        foreach (string path in new[] { Path.Combine(_folder.FullName, "none.txt"), _folder.FullName })
        {
            Assert.Equal(ErrorKind.Input, Assert.Throws<Word2VecException>(() => AnalogyEvaluation.Evaluate(World, path)).Kind);
            Assert.Equal(ErrorKind.Input, Assert.Throws<Word2VecException>(() => SimilarityEvaluation.Evaluate(World, path)).Kind);
        }
    }

    // By scipy.stats.spearmanr.
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 5, 6, 7, 8, 7 }, 0.8207826816681233)]
    [InlineData(new double[] { 1, 1, 2, 2, 2, 9 }, new double[] { 3, 1, 1, 4, 4, 2 }, 0.17480147469502524)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 30, 20, 10 }, -1)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 7, 7, 7 }, 0)]
    [InlineData(new double[] { 1, 2 }, new double[] { 1, 2 }, 0)]
    public void The_rank_correlation_shares_the_ranks_of_ties(double[] a, double[] b, double expected) =>
        Assert.Equal(expected, RankCorrelation.Spearman(a, b), 1e-12);

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string text)
    {
        string path = Path.Combine(_folder.FullName, "questions");
        File.WriteAllText(path, text);
        return path;
    }
}
