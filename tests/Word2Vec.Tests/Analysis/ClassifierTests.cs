using Word2Vec.Analysis;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Analysis;

public sealed class ClassifierTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-classifier-");

    [Theory]
    [InlineData(2, 5, 1.0)]
    [InlineData(3, 12, 0.1)]
    [InlineData(11, 19, 10.0)]
    public void The_optimum_is_where_the_definition_has_no_slope(int labels, int size, double penalty)
    {
        WordVectors vectors = Planted.Clouds(labels, 60, size, 1, 1);
        LabeledWords words = Labels(vectors, i => $"label-{i % labels:00}");
        VectorClassifier found = VectorClassifier.Train(vectors, words, new ClassifierOptions { Penalty = penalty, Tolerance = 1e-9 });
        double[][] gradient = [.. Enumerable.Range(0, labels).Select(_ => new double[size + 1])];
        double loss = 0;
        for (int i = 0; i < words.Ids.Count; i++)
        {
            double[] row = [.. vectors.CopyRow(words.Ids[i]).Select(x => (double)x), 1];
            double[] scores = [.. found.Weights.Select(weights => Math.Exp(weights.Zip(row).Sum(pair => pair.First * pair.Second)))];
            loss -= Math.Log(scores[words.Classes[i]] / scores.Sum());
            for (int k = 0; k < labels; k++)
            {
                for (int d = 0; d <= size; d++)
                    gradient[k][d] += row[d] * (scores[k] / scores.Sum() - (k == words.Classes[i] ? 1 : 0));
            }
        }

        for (int k = 0; k < labels; k++)
        {
            for (int d = 0; d < size; d++)
                gradient[k][d] += penalty * found.Weights[k][d];
            Assert.All(gradient[k], derivative => Assert.Equal(0, derivative / words.Ids.Count, 2e-9));
        }

        loss += penalty / 2 * found.Weights.Sum(row => row.Take(size).Sum(weight => weight * weight));
        Assert.Equal(loss / words.Ids.Count, found.Loss, 1e-12);
    }

    [Fact]
    public void One_feature_with_two_values_has_an_optimum_in_closed_form()
    {
        // At x = ±1, three of four words at +1 have the label b and one of four at −1: without a penalty p(b | +1) must be 3/4.
        WordVectors vectors = Planted.Of([1, 1, 1, 1, -1, -1, -1, -1], 1);
        LabeledWords words = Labels(vectors, i => "bbbabaaa"[i].ToString());
        VectorClassifier found = VectorClassifier.Train(vectors, words, new ClassifierOptions { Penalty = 0, Tolerance = 1e-10 });
        Assert.Equal(0.75, found.Probabilities([1])[1], 1e-8);
        Assert.Equal(0.25, found.Probabilities([-1])[1], 1e-8);
        Assert.Equal(Math.Log(3), found.Weights[1][0] - found.Weights[0][0], 1e-7);
    }

    [Fact]
    public void Clouds_apart_are_told_apart_and_the_answers_do_not_depend_on_threads()
    {
        WordVectors vectors = Planted.Clouds(6, 300, 20, 1, 0.3f);
        LabeledWords words = Labels(vectors, i => $"{i % 6}");
        (LabeledWords train, LabeledWords test) = words.Split(0.25);
        VectorClassifier one = VectorClassifier.Train(vectors, train, new ClassifierOptions { Threads = 1 });
        VectorClassifier many = VectorClassifier.Train(vectors, train, new ClassifierOptions { Threads = 5 });
        Assert.Equal(one.Weights.SelectMany(row => row), many.Weights.SelectMany(row => row));
        Assert.Equal((450, 450), (one.Test(vectors, test).Words, one.Test(vectors, test).Correct));
    }

    [Fact]
    public void Without_anything_to_learn_cross_validation_says_so()
    {
        WordVectors vectors = Planted.Clouds(1, 900, 10, 0, 1);
        DrawKey key = DrawKey.From(5, 0, 0);
        LabeledWords words = Labels(vectors, i => $"{key.Draw(i) % 3}");
        Assert.InRange(VectorClassifier.CrossValidate(vectors, words).Accuracy, 0.25, 0.42);
        VectorClassifier all = VectorClassifier.Train(vectors, words, new ClassifierOptions { Penalty = 1e-3 });
        Assert.InRange(all.Test(vectors, words).Accuracy, 0.36, 0.6);
    }

    [Fact]
    public void Folds_and_splits_keep_the_shares_of_the_labels_and_hold_back_every_word_once()
    {
        WordVectors vectors = Planted.Clouds(1, 203, 2, 0, 1);
        LabeledWords words = Labels(vectors, i => i % 4 == 0 ? "rare" : "common");
        var folds = words.Folds(5);
        Assert.Equal(words.Ids, folds.SelectMany(fold => fold.Test.Ids).Order());
        Assert.All(folds, fold =>
        {
            Assert.Empty(fold.Train.Ids.Intersect(fold.Test.Ids));
            Assert.InRange(fold.Test.Classes.Count(label => words.Labels[label] == "rare"), 10, 11);
        });
        (LabeledWords train, LabeledWords test) = words.Split(0.2);
        Assert.Equal(words.Ids, train.Ids.Concat(test.Ids).Order());
        Assert.InRange(test.Classes.Count(label => words.Labels[label] == "rare"), 10, 11);
        Assert.NotEqual(test.Ids, words.Split(0.2, seed: 2).Test.Ids);
    }

    [Fact]
    public void Scores_are_those_of_the_textbook()
    {
        // Two labels; the classifier says b where x is above 0.
        var classifier = VectorClassifier.Open(Write("model.json",
            """{"format":"word2vec classifier 1","size":1,"penalty":1,"words":2,"labels":["a","b"],"weights":[[-1,0],[1,0]]}"""));
        WordVectors vectors = Planted.Of([-3, -2, -1, 1, 2, 3, 4, 5], 1);
        ClassifierScores scores = classifier.Test(vectors, Labels(vectors, i => "aaabbabc"[i].ToString()));
        Assert.Equal((8, 6), (scores.Words, scores.Correct));
        Assert.Equal([(1.0, 0.75), (0.6, 1.0), (0, 0)], scores.Scores.Select(score => (score.Precision, score.Recall)));
        Assert.Equal((6.0 / 7 + 0.75 + 0) / 3, scores.MacroF1, 1e-12);
        Assert.Equal((3, 1, 3, 1), (scores.Confused(0, 0), scores.Confused(0, 1), scores.Confused(1, 1), scores.Confused(2, 1)));
        Assert.Equal("b", classifier.Classify([0.5f]).Label);
        Assert.Equal(1 / (1 + Math.Exp(-1)), classifier.Classify([0.5f]).Probability, 1e-12);
    }

    [Fact]
    public void A_saved_classifier_answers_as_before_to_the_last_bit()
    {
        WordVectors vectors = Planted.Clouds(3, 50, 7, 1, 1);
        VectorClassifier before = VectorClassifier.Train(vectors, Labels(vectors, i => "\"äöü\t"[i % 3].ToString()));
        string path = Path.Combine(_folder.FullName, "m.json");
        before.Save(path);
        var after = VectorClassifier.Open(path);
        Assert.Equal(before.Labels, after.Labels);
        Assert.Equal(before.Weights.SelectMany(row => row), after.Weights.SelectMany(row => row));
        Assert.Equal((before.Penalty, before.Words, before.Size), (after.Penalty, after.Words, after.Size));
    }

    [Theory]
    [InlineData("", "is no classifier")]
    [InlineData("[1]", "is no classifier")]
    [InlineData("{}", "is no classifier")]
    [InlineData("""{"format":"other"}""", "its format is not")]
    [InlineData("""{"format":"word2vec classifier 1","size":2,"penalty":1,"words":2,"labels":["a","b"],"weights":[[1,0],[1,0]]}""", "do not fit together")]
    [InlineData("""{"format":"word2vec classifier 1","size":1,"penalty":1,"words":2,"labels":["a","b"],"weights":[[1,0],[1,"x"]]}""", "is no classifier")]
    public void A_damaged_classifier_is_refused(string text, string expected)
    {
        var error = Assert.Throws<Word2VecException>(() => VectorClassifier.Open(Write("damaged.json", text)));
        Assert.Equal(ErrorKind.Format, error.Kind);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w0 a\nw1\tb\n", "Line 1 of")]
    [InlineData("w0\ta\nw0\tb\n", "One label a word was expected")]
    [InlineData("x\ta\n", "none of which is among the 4 words")]
    [InlineData("w0\t\nw1\tb\n", "Line 1 of")]
    public void Labels_that_are_none_are_refused(string text, string expected)
    {
        WordVectors vectors = Planted.Of([1, 2, 3, 4], 1);
        var error = Assert.Throws<Word2VecException>(() => LabeledWords.Read(Write("labels.tsv", text), vectors));
        Assert.Equal(ErrorKind.Input, error.Kind);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_stand_beside_words_or_in_the_order_of_the_vectors()
    {
        WordVectors vectors = Planted.Of([1, 2, 3, 4], 1);
        LabeledWords beside = LabeledWords.Read(Write("a.tsv", "w3\tx\tmore\r\n\nw1\ty\nnew\ty\nw3\tx\n"), vectors);
        Assert.Equal([1, 3], beside.Ids);
        Assert.Equal([1, 0], beside.Classes);
        Assert.Equal(1, beside.Unknown);
        Assert.Equal(["x", "y"], beside.Labels);
        LabeledWords inOrder = LabeledWords.Read(Write("b.txt", "7\n2\n7\n7\n"), vectors);
        Assert.Equal([0, 1, 2, 3], inOrder.Ids);
        Assert.Equal([1, 0, 1, 1], inOrder.Classes);
    }

    [Fact]
    public void One_label_too_few_words_and_vectors_of_another_size_are_refused()
    {
        WordVectors vectors = Planted.Clouds(2, 10, 3, 1, 1), other = Planted.Clouds(2, 10, 4, 1, 1);
        LabeledWords words = Labels(vectors, i => $"{i % 2}");
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => VectorClassifier.Train(vectors, Labels(vectors, _ => "one"))).Kind);
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => words.Folds(21)).Kind);
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => VectorClassifier.Train(vectors, words).Test(other, words)).Kind);
        float[] rows = [1, float.NaN];
        Assert.Equal(ErrorKind.Training,
            Assert.Throws<Word2VecException>(() => VectorClassifier.Train(Planted.Of(rows, 1), Labels(Planted.Of(rows, 1), i => $"{i}"))).Kind);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static LabeledWords Labels(WordVectors vectors, Func<int, string> label) =>
        LabeledWords.From(Enumerable.Range(0, vectors.Count).Select(i => (i, label(i))));

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
