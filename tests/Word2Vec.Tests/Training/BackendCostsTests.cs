using Word2Vec.Sampling;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

public sealed class BackendCostsTests
{
    [Fact]
    public void A_tile_moves_each_row_twice_and_multiplies_each_pair_of_rows_three_times()
    {
        var costs = BackendCosts.Counted(tiles: 1, centers: 2, contexts: 5, pairs: 7, negatives: 3, vectorSize: 10);
        Assert.Equal((5 + 2 + 3) * 10 * 4 * 2, costs.BytesMoved);
        Assert.Equal((7 + 5 * 3) * 3 * 2 * 10, costs.FloatingPointOperations);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(32, 2)]
    public void The_processor_counts_the_tiles_of_the_definition(int tile, int threads)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 3000, words: 50, longest: 40);
        var options = new TrainingOptions { VectorSize = 12, Tile = tile, Epochs = 1, Threads = threads };
        using var weights = new Weights(50, 12);
        weights.Initialize(1);
        BackendCosts costs = Trainer.Train(corpus, options, weights, new CpuDevice()).Costs!;
        BackendCosts expected = Count(new TrainingJob(corpus, options, weights), TileShape.Of(options));
        Assert.Equal((expected.BytesMoved, expected.FloatingPointOperations), (costs.BytesMoved, costs.FloatingPointOperations));
        Assert.True(costs.Kernels > TimeSpan.Zero);
    }

    /// <summary>Goes through the sentences as the plain backend does.</summary>
    private static BackendCosts Count(TrainingJob job, TileShape shape)
    {
        EpochDraws draws = job.Sampler.Epoch(0);
        long tiles = 0, centers = 0, contexts = 0, pairs = 0;
        var kept = new List<long>();
        for (long position = 0; position < job.Corpus.Length; position++)
        {
            int id = job.Corpus.Ids(position, 1)[0];
            if (id != EncodedCorpus.SentenceEnd)
            {
                if (draws.Keeps(id, position))
                    kept.Add(position);
                continue;
            }

            for (int first = 0; kept.Count > 1 && first < kept.Count; first += shape.Centers)
            {
                var seen = new HashSet<int>();
                int end = Math.Min(kept.Count, first + shape.Centers);
                for (int center = first; center < end; center++)
                {
                    int radius = draws.Radius(kept[center]);
                    int[] window = [.. Enumerable.Range(center - radius, 2 * radius + 1).Where(c => c != center && c >= 0 && c < kept.Count)];
                    pairs += window.Length;
                    seen.UnionWith(window);
                }

                (tiles, centers, contexts) = (tiles + 1, centers + end - first, contexts + seen.Count);
            }

            kept.Clear();
        }

        return BackendCosts.Counted(tiles, centers, contexts, pairs, shape.Negatives, job.Options.VectorSize);
    }
}
