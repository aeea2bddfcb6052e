using Word2Vec.Numerics;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>Where words come again soon, fewer centers share an update.</summary>
public sealed class WordRepeatsTests
{
    private static readonly TrainingOptions Options = new() { VectorSize = 16, Epochs = 1, Threads = 1, SubsamplingThreshold = 0 };

    /// <summary>A word comes again behind every seventh other: among eleven centers three pairs of 11 are of one word, twice .27 occurrences a center; among ten .4.</summary>
    [Fact]
    public void The_limit_is_where_a_center_has_half_another_occurrence_of_its_word_in_the_mean()
    {
        using EncodedCorpus corpus = Corpus(80_000, 8, i => i % 8);
        Assert.Equal(10, LargestTile(corpus, Options));

        // Windows of 10 are seen by nearly twice as many centers, and bear .27: among nine .22.
        Assert.Equal(9, LargestTile(corpus, Options with { Window = 10 }));
        Assert.Equal(8, LargestTile(corpus, Options with { Window = 100 }));
    }

    /// <summary>What comes again in another sentence is in another tile.</summary>
    [Fact]
    public void Sentences_are_apart()
    {
        using EncodedCorpus corpus = Corpus(80_000, 8, i => i % 8, sentence: 8);
        Assert.Equal(TileShape.DefaultCenters, LargestTile(corpus, Options));
    }

    [Fact]
    public void Only_tokens_that_stay_count()
    {
        // Every other token is one word, of which subsampling leaves one in twenty; the others are a thousand.
        using EncodedCorpus corpus = Corpus(200_000, 1001, i => i % 2 == 0 ? 0 : 1 + (int)(i / 2 * 7919L % 1000));
        Assert.Equal(3, LargestTile(corpus, Options with { Window = 6 }));
        Assert.Equal(TileShape.DefaultCenters, LargestTile(corpus, Options with { Window = 6, SubsamplingThreshold = 1e-3 }));
    }

    /// <summary>More tokens than are looked at: the second half is of one word, and stretches of all of it are looked at.</summary>
    [Fact]
    public void All_of_a_long_corpus_is_looked_at()
    {
        using EncodedCorpus corpus = Corpus(2_000_000, 50_001, i => i < 1_000_000 ? 1 + (i % 50_000) : 0), calm = Corpus(2_000_000, 50_001, i => 1 + (i % 50_000));
        Assert.Equal(1, LargestTile(corpus, Options with { Window = 6 }));
        Assert.Equal(TileShape.DefaultCenters, LargestTile(calm, Options with { Window = 6 }));
    }

    /// <summary>Words by Zipf's and Mandelbrot's law, 1 / (rank + 2.7), as text has them: what is chosen is what it was, with subsampling in windows of any width, without it in those of the default.</summary>
    [Theory]
    [InlineData(5, 1e-3, 32)]
    [InlineData(10, 1e-3, 32)]
    [InlineData(20, 1e-3, 16)]
    [InlineData(40, 1e-3, 8)]
    [InlineData(5, 0, 32)]
    [InlineData(1, 0, 32)]
    public void Text_keeps_its_tiles(int window, double subsampling, int centers)
    {
        const int Words = 20_000;
        const double First = 2.7;
        DrawKey key = DrawKey.From(99, 0, 0);
        using EncodedCorpus corpus = Corpus(400_000, Words, i => (int)(First * Math.Pow((Words + First) / First, CounterRandom.Unit(key.Draw(i))) - First));
        Assert.Equal(centers, CentersOf(corpus, Options with { Window = window, SubsamplingThreshold = subsampling }));
    }

    /// <summary>So much left out that few tokens of a stretch stay: of thirty words, each as frequent, every thirtieth pair is one word, thirty-one pairs of them among 16.</summary>
    [Fact]
    public void What_subsampling_leaves_is_enough_to_count()
    {
        DrawKey key = DrawKey.From(99, 0, 0);
        using EncodedCorpus corpus = Corpus(3_000_000, 30, i => (int)CounterRandom.Below(key.Draw(i), 30));
        Assert.InRange(LargestTile(corpus, Options with { SubsamplingThreshold = 1e-5 }), 15, 17);
        Assert.InRange(LargestTile(corpus, Options), 15, 17);
    }

    /// <summary>Events of a log, every other one the same: with the tiles of text the training diverges, by itself it learns what windows one by one learn.</summary>
    [Fact]
    public void What_would_diverge_with_the_tiles_of_text_learns()
    {
        using EncodedCorpus corpus = Corpus(40_000, 301, i => i % 2 == 0 ? 0 : 1 + (int)((i / 5 * 3L + (i % 3)) % 300), sentence: 60);
        TrainingOptions options = Options with { Window = 10 };
        Assert.Equal(ErrorKind.Training, Assert.Throws<Word2VecException>(() => Loss(corpus, options with { Tile = TileShape.DefaultCenters })).Kind);
        double alone = Loss(corpus, options with { Tile = 1 });
        Assert.InRange(Loss(corpus, options), alone - 0.05, alone + 0.05);
    }

    /// <summary>A tile that is asked for is as it is asked for, what is smaller anyway stays, and what has no tiles is not looked at.</summary>
    [Fact]
    public void Options_that_say_more_keep_their_word()
    {
        using EncodedCorpus corpus = Corpus(80_000, 8, i => i % 8);
        Assert.Equal(10, CentersOf(corpus, Options));
        Assert.Equal(20, CentersOf(corpus, Options with { Tile = 20 }));
        Assert.Equal(4, CentersOf(corpus, Options with { LargestTile = 4 }));
        using var weights = new Weights(8, Options with { Architecture = TrainingArchitecture.Cbow });
        var job = new TrainingJob(corpus, Options with { Architecture = TrainingArchitecture.Cbow }, weights);
        Assert.Same(job, WordRepeats.LimitTile(job));
    }

    private static int CentersOf(EncodedCorpus corpus, TrainingOptions options)
    {
        using var weights = new Weights(corpus.Vocabulary.Count, options);
        return TileShape.Of(WordRepeats.LimitTile(new TrainingJob(corpus, options, weights)).Options).Centers;
    }

    private static int LargestTile(EncodedCorpus corpus, TrainingOptions options)
    {
        using var weights = new Weights(corpus.Vocabulary.Count, options);
        return WordRepeats.LargestTile(corpus, new TrainingJob(corpus, options, weights).Sampler);
    }

    private static double Loss(EncodedCorpus corpus, TrainingOptions options)
    {
        using var weights = new Weights(corpus.Vocabulary.Count, options);
        weights.Initialize(options.Seed);
        return Trainer.Train(corpus, options, weights, new CpuDevice()).EpochLosses[^1].Mean;
    }

    private static EncodedCorpus Corpus(int tokens, int words, Func<int, int> word, int sentence = int.MaxValue)
    {
        var ids = new List<int>(tokens + (tokens / 8));
        var counts = new long[words];
        for (int i = 0; i < tokens; i++)
        {
            ids.Add(word(i));
            counts[ids[^1]]++;
            if ((i + 1) % sentence == 0 || i == tokens - 1)
                ids.Add(EncodedCorpus.SentenceEnd);
        }

        var vocabulary = new Vocabulary(WordIndex.From(Enumerable.Range(0, words).Select(i => $"w{i}")), [.. counts.Select(count => Math.Max(1, count))]);
        return new EncodedCorpus([.. ids], vocabulary, new CorpusCounts(tokens, tokens, ids.Count - tokens, words));
    }
}
