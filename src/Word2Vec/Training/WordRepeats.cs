using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>How soon the words of a corpus come again, and how many center words may share an update for it.</summary>
/// <remarks>
/// All changes of a tile come from the values before it: a word that stands in it several times gets the sum of as many changes, and where that is the rule the sum overshoots. Running text
/// has .2 more occurrences of a word among 32 centers after subsampling, .5 without it, and learns from such tiles as window by window; what steps along a short road, waits around a hub or has an
/// alphabet for words (events of a log, walks through a graph, k-mers) has .5 among four to ten, and diverges with 32 or learns more slowly.
/// </remarks>
internal static class WordRepeats
{
    /// <summary>Other occurrences of a center's word in its tile, in the mean, that windows of <see cref="UsualWindow"/> bear.</summary>
    public const double MostRepeats = 0.5;

    private const int UsualWindow = 5, Stretches = 256, StretchLength = 512;

    /// <summary>The same job; where its options leave the tile to the device, with so few centers that words do not come again too often.</summary>
    public static TrainingJob Bear(TrainingJob job)
    {
        if (job.Options is not { HasTiles: true, Tile: 0 })
            return job;
        int largest = LargestTile(job.Corpus, job.Sampler);
        return largest >= Math.Min(TileShape.DefaultCenters, job.Options.LargestTile) ? job : new TrainingJob(job.Corpus, job.Options with { LargestTile = largest }, job.Weights);
    }

    /// <summary>The most centers of a tile for <paramref name="corpus"/>, 1 to <see cref="TileShape.DefaultCenters"/>: a function of its tokens that stay in the first epoch.</summary>
    public static int LargestTile(EncodedCorpus corpus, Sampler sampler)
    {
        double most = MostRepeats * (UsualWindow + 1) / (sampler.Window + 1), repeats = 0, pairs = 0;
        double[] again = Again(corpus, sampler);
        for (int centers = 2; centers <= TileShape.DefaultCenters; centers++)
        {
            // A tile of one center more has a pair more at each distance that it had, and one at a new one.
            pairs += again[centers - 1];
            repeats += pairs;
            if (2 * repeats / centers > most)
                return centers - 1;
        }

        return TileShape.DefaultCenters;
    }

    /// <summary>The share of the kept tokens whose word stands so many kept tokens before, too, in the same sentence; of a corpus of more than 131,072 tokens in stretches of it.</summary>
    private static double[] Again(EncodedCorpus corpus, Sampler sampler)
    {
        var again = new double[TileShape.DefaultCenters];
        EpochDraws draws = sampler.Epoch(0);
        long stretches = Math.Min(Stretches, (corpus.Length + StretchLength - 1) / StretchLength), kept = 0;
        Span<int> last = stackalloc int[TileShape.DefaultCenters];
        for (long i = 0; i < stretches; i++)
        {
            long start = corpus.Length / stretches * i;
            ReadOnlySpan<int> ids = corpus.Ids(start, (int)Math.Min(StretchLength, corpus.Length - start));
            last.Fill(EncodedCorpus.SentenceEnd);
            for (int j = 0; j < ids.Length; j++)
            {
                int word = ids[j];
                if (word == EncodedCorpus.SentenceEnd)
                {
                    last.Fill(word);
                    continue;
                }

                if (!draws.Keeps(word, start + j))
                    continue;
                kept++;
                for (int distance = 1; distance < last.Length; distance++)
                    again[distance] += last[(int)((kept - distance + last.Length) % last.Length)] == word ? 1 : 0;
                last[(int)(kept % last.Length)] = word;
            }
        }

        for (int distance = 0; distance < again.Length; distance++)
            again[distance] /= Math.Max(1, kept);
        return again;
    }
}
