using Word2Vec.Corpora;
using Word2Vec.Evaluation;
using Word2Vec.Formats;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests;

public sealed class FineTuningTests : IDisposable
{
    private static readonly TrainingOptions Options = new() { VectorSize = 6, Threads = 1, Epochs = 2 };

    private readonly string _folder = Directory.CreateTempSubdirectory("word2vec-fine-tuning-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Known_words_begin_with_their_vectors_and_new_ones_as_ever()
    {
        using EncodedCorpus corpus = Corpus();
        using WordVectors known = Vectors(withOutput: true);
        var tuning = new FineTuning(known) { FrozenWords = ["a2", "gone", "nowhere"] };
        using Weights weights = tuning.Start(corpus, Options);
        using var fresh = new Weights(corpus.Vocabulary.Count, 6);
        fresh.Initialize(Options.Seed);
        for (int id = 0; id < corpus.Vocabulary.Count; id++)
        {
            bool isKnown = known.Words.TryGetId(corpus.Vocabulary.Words.Bytes(id), out int old);
            Assert.Equal(isKnown ? known[old].ToArray() : fresh.InputRow(id).ToArray(), weights.InputRow(id).ToArray());
            Assert.Equal(isKnown ? known.OutputVectors![old].ToArray() : new float[6], weights.OutputRow(id).ToArray());
            Assert.Equal(corpus.Vocabulary.Words[id] == "a2", weights.IsFrozen(id));
        }

        Assert.Equal(new FineTuningWords(Known: 7, New: 8, Absent: 2, Frozen: 1), tuning.Words);
    }

    [Fact]
    public void Absent_words_stay_as_they_are_or_go()
    {
        using WordVectors known = Vectors(withOutput: true);
        using WordVectors stay = SkipGram.Train(Text(), Options, from: new FineTuning(known));
        using WordVectors go = SkipGram.Train(Text(), Options, from: new FineTuning(known) { KeepsAbsent = false });
        Assert.Equal(17, stay.Count);
        Assert.Equal(known["gone"].ToArray(), stay["gone"].ToArray());
        Assert.Equal(known.OutputVectors!["lost"].ToArray(), stay.OutputVectors!["lost"].ToArray());
        Assert.NotEqual(known["a1"].ToArray(), stay["a1"].ToArray());
        Assert.Equal(15, go.Count);
        Assert.False(go.Contains("gone"));
        Assert.Equal(stay["a1"].ToArray(), go["a1"].ToArray());
        Assert.Equal(64, stay.Metadata[FineTuning.FingerprintEntry].Length);
    }

    // "gone" stood 1,000 times in the first text, "lost" once, and each a-word 10 times besides what the new text has.
    [Fact]
    public void Counts_of_both_texts_are_added_and_words_sorted_by_them()
    {
        using WordVectors known = Vectors(withOutput: false, [.. Enumerable.Repeat(10L, 7), 1000, 1]);
        using WordVectors tuned = SkipGram.Train(Text(), Options, from: new FineTuning(known));
        using EncodedCorpus corpus = Corpus();
        Assert.Equal("gone", tuned.Words[0]);
        Assert.Equal("lost", tuned.Words[16]);
        Assert.Equal(tuned.Counts!.OrderDescending(), tuned.Counts);
        Assert.True(corpus.Vocabulary.Words.TryGetId("a1", out int inText) & tuned.Words.TryGetId("a1", out int now));
        Assert.Equal(corpus.Vocabulary.Counts[inText] + 10, tuned.Counts![now]);
    }

    [Fact]
    public void Frozen_words_keep_their_bits_through_a_file_and_new_words_learn()
    {
        string path = Path.Combine(_folder, "known.bin");
        using (WordVectors made = Vectors(withOutput: false))
            made.Save(path);
        using WordVectors known = VectorFile.Open(path);
        using WordVectors tuned = SkipGram.Train(Text(), Options with { Threads = 2 }, from: new FineTuning(known) { FreezesAll = true });
        foreach (string word in known.EnumerateWords())
            Assert.Equal(known[word].ToArray(), tuned[word].ToArray());
        Assert.Null(tuned.OutputVectors);
        using EncodedCorpus corpus = Corpus();
        using Weights start = new FineTuning(known).Start(corpus, Options);
        Assert.True(corpus.Vocabulary.Words.TryGetId("c1", out int id));
        Assert.NotEqual(start.InputRow(id).ToArray(), tuned["c1"].ToArray());
    }

    [Fact]
    public void What_cannot_be_begun_with_is_refused()
    {
        using EncodedCorpus corpus = Corpus();
        using WordVectors known = Vectors(withOutput: false);
        var size = Assert.Throws<Word2VecException>(() => new FineTuning(known).Start(corpus, Options with { VectorSize = 7 }));
        Assert.Equal(ErrorKind.Usage, size.Kind);
        Assert.Contains("7 components, those it is to begin with have 6", size.Message);
        Assert.Contains("subwords", Assert.Throws<Word2VecException>(
            () => new FineTuning(known).Start(corpus, Options with { Subwords = new SubwordOptions() })).Message);
        var broken = new WordVectors(WordIndex.From(["a1"]), 6, [1, 2, float.NaN, 4, 5, 6]);
        var format = Assert.Throws<Word2VecException>(() => new FineTuning(broken).Start(corpus, Options));
        Assert.Equal((ErrorKind.Format, true), (format.Kind, format.Message.Contains("'a1'", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_checkpoint_of_another_beginning_is_not_gone_on_with()
    {
        using EncodedCorpus corpus = Corpus();
        using WordVectors known = Vectors(withOutput: false), other = Vectors(withOutput: true);
        var at = new Checkpoints(Path.Combine(_folder, "v")) { EveryWords = 1 };
        Train(new FineTuning(known), at);
        Train(new FineTuning(known), at with { Resume = true });
        foreach ((FineTuning? tuning, string reason) in new (FineTuning?, string)[]
        {
            (null, "it began with vectors and does not now"), (new FineTuning(other), "it began with other vectors, or froze others"),
            (new FineTuning(known) { FreezesAll = true }, "it began with other vectors, or froze others"),
        })
            Assert.Contains(reason, Assert.Throws<Word2VecException>(() => Train(tuning, at with { Resume = true })).Message);

        void Train(FineTuning? tuning, Checkpoints checkpoints)
        {
            using Weights weights = tuning?.Start(corpus, Options) ?? SkipGram.Fresh(corpus, Options);
            Trainer.Train(corpus, Options, weights, new CpuDevice(), checkpoints: checkpoints);
        }
    }

    // Ground truth: the small world in two halves. Eight words are only in the second, five only in the first.
    [Fact]
    public void Two_halves_one_after_the_other_know_what_the_whole_knows()
    {
        string[] fresh = ["rome", "italian", "queen", "cats", "walked", "biggest", "tokyo", "oslo"], gone = ["paris", "dogs", "eating", "bigger", "vienna"];
        string[] lines = File.ReadAllLines(Path.Combine(House.Root, "corpora/small-world.txt"));
        string first = Half(lines, 0, fresh), second = Half(lines, 1, gone);
        var options = new TrainingOptions { Threads = 1 };
        string asked = Questions(gone, fresh, isNew: true), others = Questions(gone, fresh, isNew: false);
        using WordVectors alone = SkipGram.Train(second, options), before = SkipGram.Train(first, options);
        using WordVectors tuned = SkipGram.Train(second, options, from: new FineTuning(before));
        Assert.Equal(0, AnalogyEvaluation.Evaluate(before, asked).Asked);
        Assert.InRange(AnalogyEvaluation.Evaluate(alone, asked).Accuracy, 0, 0.95);
        Assert.InRange(AnalogyEvaluation.Evaluate(tuned, asked).Accuracy, 0.98, 1);
        Assert.InRange(AnalogyEvaluation.Evaluate(before, others).Accuracy, 0, 0.95);
        Assert.InRange(AnalogyEvaluation.Evaluate(tuned, others).Accuracy, 0.99, 1);
        Assert.Equal(before["paris"].ToArray(), tuned["paris"].ToArray());
        double spearman = SimilarityEvaluation.Evaluate(tuned, Path.Combine(House.Root, "corpora/small-world-pairs.tsv")).Spearman;
        Assert.InRange(spearman, 0.85, 0.9);
    }

    private string Half(string[] lines, int parity, string[] without)
    {
        string path = Path.Combine(_folder, $"half-{parity}.txt");
        File.WriteAllLines(path, lines.Where((line, i) => i % 2 == parity && !line.Split(' ').Intersect(without).Any()));
        return path;
    }

    private string Questions(string[] gone, string[] fresh, bool isNew)
    {
        string path = Path.Combine(_folder, $"questions-{isNew}.txt");
        File.WriteAllLines(path, File.ReadLines(Path.Combine(House.Root, "corpora/small-world-questions.txt"))
            .Where(line => line[0] == ':' || (!line.Split(' ').Intersect(gone).Any() && line.Split(' ').Intersect(fresh).Any() == isNew)));
        return path;
    }

    private static WordVectors Vectors(bool withOutput, long[]? counts = null)
    {
        string[] words = ["a0", "a1", "a2", "a3", "a4", "a5", "a6", "gone", "lost"];
        return new WordVectors(WordIndex.From(words), 6, Rows(1)) { Counts = counts, OutputVectors = withOutput ? new WordVectors(WordIndex.From(words), 6, Rows(2)) : null };

        float[] Rows(int seed) => [.. Enumerable.Range(0, words.Length * 6).Select(i => (float)Math.Sin(seed + i * i))];
    }

    private EncodedCorpus Corpus() => CorpusEncoder.Encode(CorpusSource.From(Text()), new CorpusOptions(), cacheFolder: null);

    private string Text()
    {
        string path = Path.Combine(_folder, "text.txt");
        File.WriteAllText(path, string.Concat(Enumerable.Range(0, 400).Select(i => $"a{i % 7} b{i % 5} c{i % 3} a{i % 4}\n")));
        return path;
    }
}
