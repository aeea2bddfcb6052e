using System.Runtime.InteropServices;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests;

/// <summary>
/// Ids that come in two blocks by turns, on ILGPU's CPU accelerator, against ids that all lie on the device: the same bytes. One row of lanes, so that
/// the additions to a row have one order.
/// </summary>
public sealed class StreamedIdsTests
{
    private static readonly TrainingOptions Options =
        new() { Epochs = 2, LearningRate = 0.1, SubsamplingThreshold = 0.05, Window = 2, Negatives = 2, VectorSize = 6, Tile = 4, TileNegatives = 3 };

    /// <summary>Blocks of one position, of less and more than a sentence, of all but the last sentence, of all.</summary>
    [GpuTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(100)]
    public void Blocks_of_every_length_give_the_bytes_of_a_corpus_that_lies_on_the_device(int block)
    {
        using EncodedCorpus corpus = Corpus(9, 1, 24, 1, 1, 18, 1);
        Assert.Equal(62, corpus.Length);
        AssertSameBytes(corpus, Options, block, block);
        AssertSameBytes(corpus, Options with { Tile = 1, TileNegatives = 0 }, block, block);
    }

    [GpuTheory]
    [InlineData(5, 30)]
    [InlineData(30, 5)]
    [InlineData(30, int.MaxValue)]
    public void Spans_that_are_others_than_expected_get_their_ids(int block, int span)
    {
        using EncodedCorpus corpus = Corpus(9, 1, 24, 1, 1, 18, 1);
        AssertSameBytes(corpus, Options, block, span);
    }

    [GpuFact]
    public void A_sentence_that_is_longer_than_the_blocks_gets_larger_ones()
    {
        // A block has room for a usual sentence beside what is asked for: 1,024 tokens.
        using EncodedCorpus corpus = Corpus(9, 30, 1600, 1, 20, 1200, 3);
        AssertSameBytes(corpus, Options with { SubsamplingThreshold = 1e-3 }, block: 4, spanLength: 4);
    }

    [GpuFact]
    public void Spans_in_any_order_get_their_ids()
    {
        using EncodedCorpus corpus = Corpus(9, 1, 24, 1, 1, 18, 1);
        int[] starts = [41, 0, 60, 10, 39, 0, 12, 37];
        Assert.Equal(Train(new BackendTrial()), Train(new BackendTrial { IdBlock = 6 }));

        float[] Train(BackendTrial trial)
        {
            using var weights = new Weights(corpus.Vocabulary.Count, Options.VectorSize);
            weights.Initialize(1);
            using ITrainingBackend backend = Create(new TrainingJob(corpus, Options, weights), trial);
            foreach (int start in starts)
                backend.Train(new TrainingSpan(0, start, corpus.SentenceStart(start + 1)), CancellationToken.None);
            backend.ReadWeights();
            return Rows(weights);
        }
    }

    [GpuFact]
    public void The_next_ids_are_sent_to_the_other_block_before_the_host_waits_for_the_present_ones()
    {
        using EncodedCorpus corpus = Corpus(9, 5, 3);
        List<TakenStep> steps = [];
        (Weights weights, _) = TrainingCase.Train(corpus, Options, job => Create(job, new BackendTrial { IdBlock = 1, Told = steps.Add }), 1);
        weights.Dispose();
        Assert.Equal(
            [
                new(SpanStep.IdsSent, 0, 1), new(SpanStep.IdsArrived, 0, 1), new(SpanStep.Launched, 0, 1), new(SpanStep.IdsSent, 10, 0), new(SpanStep.Trained, 0, 1),
                new(SpanStep.IdsArrived, 10, 0), new(SpanStep.Launched, 10, 0), new(SpanStep.IdsSent, 16, 1), new(SpanStep.Trained, 10, 0),
                new(SpanStep.IdsArrived, 16, 1), new(SpanStep.Launched, 16, 1), new(SpanStep.IdsSent, 0, 0), new(SpanStep.Trained, 16, 1),
                new(SpanStep.IdsArrived, 0, 0), new(SpanStep.Launched, 0, 0), new(SpanStep.IdsSent, 10, 1), new(SpanStep.Trained, 0, 0),
                new(SpanStep.IdsArrived, 10, 1), new(SpanStep.Launched, 10, 1), new(SpanStep.IdsSent, 16, 0), new(SpanStep.Trained, 10, 1),
                new(SpanStep.IdsArrived, 16, 0), new(SpanStep.Launched, 16, 0), new(SpanStep.Trained, 16, 0),
            ],
            steps);
    }

    [GpuFact]
    public void The_trainer_gets_the_spans_that_were_expected_and_no_id_is_sent_twice()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300, words: 12, longest: 25);
        List<TakenStep> steps = [];
        using var weights = new Weights(12, Options.VectorSize);
        weights.Initialize(1);
        Trainer.Train(corpus, Options, weights, GpuDevices.On(GpuDevices.All[^1], new BackendTrial { IdBlock = 40, Told = steps.Add }));
        Assert.Equal(steps.Where(step => step.Step == SpanStep.Trained).Select(step => step.Start), steps.Where(step => step.Step == SpanStep.IdsSent).Select(step => step.Start));
        Assert.True(steps.Count(step => step.Step == SpanStep.Trained) >= 2 * 5, $"{steps.Count} steps");
    }

    [GpuFact]
    public void Ids_come_in_blocks_where_the_device_does_not_give_so_much_in_one_piece()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 2000, words: 12, longest: 25);
        Assert.False(IsStreamed(sizeof(int) * corpus.Length));
        Assert.True(IsStreamed(sizeof(int) * corpus.Length - 1));

        bool IsStreamed(long piece)
        {
            bool sent = false;
            var trial = new BackendTrial { LargestPiece = piece, Told = taken => sent |= taken.Step == SpanStep.IdsSent };
            (Weights weights, _) = TrainingCase.Train(corpus, Options with { SubsamplingThreshold = 1e-4, Epochs = 1 }, job => Create(job, trial));
            weights.Dispose();
            return sent;
        }
    }

    private static ITrainingBackend Create(TrainingJob job, BackendTrial trial) =>
        GpuDevices.CreateEmulated(job, lanes: 4, rows: 1, shuffles: true, windows: 1, trial);

    private static void AssertSameBytes(EncodedCorpus corpus, TrainingOptions options, int block, int spanLength)
    {
        (Weights expected, TrainingLoss lossExpected) = TrainingCase.Train(corpus, options, job => Create(job, new BackendTrial()), spanLength);
        (Weights found, TrainingLoss lossFound) = TrainingCase.Train(corpus, options, job => Create(job, new BackendTrial { IdBlock = block }), spanLength);
        using (expected)
        using (found)
        {
            Assert.True(lossExpected.Pairs > 0);
            Assert.Equal(lossExpected, lossFound);
            Assert.Equal(MemoryMarshal.AsBytes<float>(Rows(expected)), MemoryMarshal.AsBytes<float>(Rows(found)));
        }
    }

    private static float[] Rows(Weights weights)
    {
        List<float> rows = [];
        for (int id = 0; id < weights.Rows; id++)
            rows.AddRange([.. weights.InputRow(id), .. weights.OutputRow(id)]);
        return [.. rows];
    }

    /// <summary>Sentences of these lengths over 11 words.</summary>
    private static EncodedCorpus Corpus(params int[] lengths)
    {
        const int Words = 11;
        var counts = new long[Words];
        List<int> ids = [];
        foreach (int length in lengths)
        {
            for (int i = 0; i < length; i++)
                ids.Add(ids.Count * 7 % Words);
            ids.Add(EncodedCorpus.SentenceEnd);
        }

        foreach (int id in ids.Where(id => id >= 0))
            counts[id]++;
        var vocabulary = new Vocabulary(WordIndex.From(Enumerable.Range(0, Words).Select(i => $"w{i}")), [.. counts.Select(count => Math.Max(1, count))]);
        return new EncodedCorpus([.. ids], vocabulary, new CorpusCounts(lengths.Sum(), lengths.Sum(), lengths.Length, Words));
    }
}
