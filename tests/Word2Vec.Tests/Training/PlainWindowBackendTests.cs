using System.Text;
using Word2Vec.Sampling;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>The page that defines the models without tiles, against each update written out.</summary>
public sealed class PlainWindowBackendTests
{
    private const int Size = 3;
    private const double Rate = 0.5;

    private static readonly SubwordOptions Ngrams = new() { ShortestNgram = 2, LongestNgram = 3, Buckets = 5 };

    // One sentence, a b c, and windows of one word to each side. The tree: c and b meet in node 0, which meets a in node 1, the root; codes as below.
    private static readonly Vocabulary Words = new(WordIndex.From(["a", "b", "c"]), [5, 3, 2]);
    private static readonly (int Row, int Label)[] WayToA = [(1, 1)], WayToB = [(1, 0), (0, 0)], WayToC = [(1, 0), (0, 1)];

    private static readonly TrainingOptions Options = new()
    {
        VectorSize = Size, Window = 1, Negatives = 2, Epochs = 1, LearningRate = Rate, SubsamplingThreshold = 0, Subwords = null,
    };

    [Fact]
    public void Cbow_goes_from_the_mean_of_the_contexts_to_the_center()
    {
        using var expected = new Model(Options with { Architecture = TrainingArchitecture.Cbow });
        expected.Step(0, [[1]], expected.Samples(0, 0));
        expected.Step(1, [[0, 2]], expected.Samples(1, 1));
        expected.Step(2, [[1]], expected.Samples(2, 2));
        expected.AssertTrained(pairs: 3);
    }

    [Fact]
    public void Hierarchical_softmax_goes_from_each_context_down_the_way_to_the_center()
    {
        using var expected = new Model(Options with { OutputLayer = OutputLayer.HierarchicalSoftmax });
        expected.Step(0, [[1]], Turns(WayToA));
        expected.Step(1, [[0], [2]], Turns(WayToB));
        expected.Step(2, [[1]], Turns(WayToC));
        expected.AssertTrained(pairs: 4);
    }

    [Fact]
    public void Cbow_goes_down_the_way_to_the_center()
    {
        using var expected = new Model(Options with { Architecture = TrainingArchitecture.Cbow, OutputLayer = OutputLayer.HierarchicalSoftmax });
        expected.Step(0, [[1]], Turns(WayToA));
        expected.Step(1, [[0, 2]], Turns(WayToB));
        expected.Step(2, [[1]], Turns(WayToC));
        expected.AssertTrained(pairs: 3);
    }

    [Fact]
    public void Subwords_of_the_contexts_are_in_the_mean_of_cbow()
    {
        using var expected = new Model(Options with { Architecture = TrainingArchitecture.Cbow, Subwords = Ngrams });
        (int[] a, int[] b, int[] c) = (Rows(0), Rows(1), Rows(2));
        expected.Step(0, [b], expected.Samples(0, 0));
        expected.Step(1, [[.. a, .. c]], expected.Samples(1, 1));
        expected.Step(2, [b], expected.Samples(2, 2));
        expected.AssertTrained(pairs: 3);
    }

    [Fact]
    public void With_subwords_skip_gram_goes_from_the_center_to_its_contexts()
    {
        using var expected = new Model(Options with { Subwords = Ngrams });
        expected.Step(0, [Rows(0)], expected.Samples(0, 1));
        expected.Step(1, [Rows(1)], expected.Samples(1, 0, 2));
        expected.Step(2, [Rows(2)], expected.Samples(2, 1));
        expected.AssertTrained(pairs: 4);
    }

    [Fact]
    public void With_subwords_and_hierarchical_softmax_skip_gram_goes_down_the_ways_to_all_contexts()
    {
        using var expected = new Model(Options with { Subwords = Ngrams, OutputLayer = OutputLayer.HierarchicalSoftmax });
        expected.Step(0, [Rows(0)], Turns(WayToB));
        expected.Step(1, [Rows(1)], Turns([.. WayToA, .. WayToC]));
        expected.Step(2, [Rows(2)], Turns(WayToB));
        expected.AssertTrained(pairs: 4);
    }

    [Fact]
    public void With_subwords_and_hierarchical_softmax_cbow_goes_down_the_way_to_the_center()
    {
        using var expected = new Model(Options with { Architecture = TrainingArchitecture.Cbow, Subwords = Ngrams, OutputLayer = OutputLayer.HierarchicalSoftmax });
        expected.Step(0, [Rows(1)], Turns(WayToA));
        expected.Step(1, [[.. Rows(0), .. Rows(2)]], Turns(WayToB));
        expected.Step(2, [Rows(1)], Turns(WayToC));
        expected.AssertTrained(pairs: 3);
    }

    private static (int Row, int Label, double Weight)[] Turns((int Row, int Label)[] way) => [.. way.Select(turn => (turn.Row, turn.Label, 1.0))];

    // The word's row, then those of <x, <x>, x>, which lie behind the three words.
    private static int[] Rows(int word)
    {
        var buckets = new List<int>();
        new Ngrams(Ngrams.ShortestNgram, Ngrams.LongestNgram, Ngrams.Buckets).AddBuckets(Encoding.UTF8.GetBytes(Words.Words[word]), buckets);
        Assert.Equal(3, buckets.Count);
        return [word, .. buckets.Select(bucket => bucket + 3)];
    }

    /// <summary>The updates in 64 bits, one at a time.</summary>
    private sealed class Model : IDisposable
    {
        private readonly TrainingOptions _options;
        private readonly EncodedCorpus _corpus = new([0, 1, 2, EncodedCorpus.SentenceEnd], Words, new CorpusCounts(3, 3, 1, 3));
        private readonly Weights _weights;
        private readonly double[][] _input, _output;
        private readonly EpochDraws _draws;
        private double _loss;

        public Model(TrainingOptions options)
        {
            _options = options;
            _weights = new Weights(3, options);
            _weights.Initialize(3);
            for (int row = 0; row < _weights.OutputRows; row++)
                _weights.OutputRow(row).Fill(0.3f - 0.2f * row);
            _input = [.. Enumerable.Range(0, _weights.InputRows).Select(row => ToDouble(_weights.InputRow(row)))];
            _output = [.. Enumerable.Range(0, _weights.OutputRows).Select(row => ToDouble(_weights.OutputRow(row)))];
            _draws = new TrainingJob(_corpus, options, _weights).Sampler.Epoch(0);
        }

        /// <summary>The words, and as many negatives as the definition draws, each for those of the words that it is not.</summary>
        public (int Row, int Label, double Weight)[] Samples(int position, params int[] words)
        {
            int drawn = WindowShape.Of(_options).Negatives;
            return
            [
                .. words.Select(word => (word, 1, 1.0)),
                .. Enumerable.Range(0, drawn).Select(k => _draws.Negative(position, k))
                    .Select(word => (word, 0, words.Count(other => other != word) * (double)_options.Negatives / drawn)),
            ];
        }

        public void Step(int position, int[][] inputs, (int Row, int Label, double Weight)[] targets)
        {
            double rate = Rate * (1 - position / 4.0);
            double[][] means = [.. inputs.Select(rows => Combine(rows.Select(row => (_input[row], 1.0 / rows.Length))))];
            double[,] gradients = new double[inputs.Length, targets.Length];
            for (int i = 0; i < inputs.Length; i++)
            {
                for (int t = 0; t < targets.Length; t++)
                {
                    double dot = means[i].Zip(_output[targets[t].Row], (x, y) => x * y).Sum(), sigmoid = 1 / (1 + Math.Exp(-dot));
                    gradients[i, t] = rate * targets[t].Weight * (targets[t].Label - sigmoid);
                    _loss -= targets[t].Weight * Math.Log(targets[t].Label == 1 ? sigmoid : 1 - sigmoid);
                }
            }

            double[][] changes = [.. inputs.Select((_, i) => Combine(targets.Select((target, t) => (_output[target.Row], gradients[i, t]))))];
            for (int t = 0; t < targets.Length; t++)
                Add(_output[targets[t].Row], Combine(means.Select((mean, i) => (mean, gradients[i, t]))));
            for (int i = 0; i < inputs.Length; i++)
            {
                foreach (int row in inputs[i])
                    Add(_input[row], changes[i]);
            }
        }

        public void AssertTrained(long pairs)
        {
            using ITrainingBackend backend = new PlainDevice().CreateBackend(new TrainingJob(_corpus, _options, _weights));
            TrainingLoss loss = backend.Train(new TrainingSpan(0, 0, 4), CancellationToken.None);
            Assert.Equal(pairs, loss.Pairs);
            Assert.Equal(_loss, loss.Sum, 1e-5);
            for (int row = 0; row < _input.Length; row++)
                AssertNear(_input[row], _weights.InputRow(row));
            for (int row = 0; row < _output.Length; row++)
                AssertNear(_output[row], _weights.OutputRow(row));
        }

        public void Dispose()
        {
            _weights.Dispose();
            _corpus.Dispose();
        }

        private static void AssertNear(double[] expected, ReadOnlySpan<float> found)
        {
            for (int i = 0; i < Size; i++)
                Assert.Equal(expected[i], found[i], 1e-5);
        }

        private static double[] ToDouble(ReadOnlySpan<float> row) => [.. row.ToArray().Select(x => (double)x)];

        private static double[] Combine(IEnumerable<(double[] Row, double Factor)> terms)
        {
            var sum = new double[Size];
            foreach ((double[] row, double factor) in terms)
                Add(sum, [.. row.Select(x => x * factor)]);
            return sum;
        }

        private static void Add(double[] target, double[] change)
        {
            for (int i = 0; i < Size; i++)
                target[i] += change[i];
        }
    }
}
