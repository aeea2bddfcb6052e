using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>How soon the words of a corpus come again, and how many center words may share an update for it.</summary>
/// <remarks>
/// All changes of a tile come from the values before it: a word that stands in it several times gets the sum of as many changes, and where that is the rule the sum overshoots. Running text
/// has .2 more occurrences of a word among 32 centers after subsampling, .5 without it, and learns from such tiles as window by window; what steps along a short road, waits around a hub or has an
/// alphabet for words (events of a log, walks through a graph, k-mers) has .5 among four to ten, and diverges with 32 or learns more slowly (docs/decisions/0005-a-tile-of-windows-shares-its-negatives.md).
/// </remarks>
internal static class WordRepeats
{
    /// <summary>Other occurrences of a center's word in its tile, in the mean, that windows of <see cref="UsualWindow"/> and narrower ones bear; wider ones bear fewer in proportion.</summary>
    public const double MostRepeats = 0.5;

    private const int UsualWindow = 5;

    // What is looked at: stretches of a long corpus, each with so many tokens that stay, if it need not be longer than that.
    private const int Stretches = 256, KeptOfStretch = 512, LongestStretch = 16_384;

    /// <summary>The same job; where its options leave the tile to the device, with so few centers that words do not come again too often.</summary>
    public static TrainingJob LimitTile(TrainingJob job) =>
        job.Options is { HasTiles: true, Tile: 0 } ? job.WithLargestTile(LargestTile(job.Corpus, job.Sampler)) : job;

    /// <summary>The most centers of a tile for <paramref name="corpus"/>, 1 to <see cref="TileShape.DefaultCenters"/>: a function of its tokens that stay in the first epoch.</summary>
    public static int LargestTile(EncodedCorpus corpus, Sampler sampler)
    {
        double most = MostRepeats * (UsualWindow + 1) / (Math.Max(UsualWindow, sampler.Window) + 1), repeats = 0, pairs = 0;
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

    /// <summary>The share of the kept tokens whose word stands so many kept tokens before, too, in the same sentence.</summary>
    private static double[] Again(EncodedCorpus corpus, Sampler sampler)
    {
        double[] same = new double[TileShape.DefaultCenters], known = new double[TileShape.DefaultCenters];
        EpochDraws draws = sampler.Epoch(0);
        int length = StretchLength(corpus.Vocabulary.Counts, sampler.KeepThresholds);
        long stretches = Math.Min(Stretches, (corpus.Length + length - 1) / length);
        for (long i = 0; i < stretches; i++)
        {
            long start = corpus.Length / stretches * i;
            Look(corpus.Ids(start, (int)Math.Min(length, corpus.Length - start)), start, draws, same, known, isCut: i > 0);
        }

        return [.. same.Zip(known, (times, of) => times / Math.Max(1, of))];
    }

    /// <summary>Counts for each distance the tokens whose word stands there, too, and all tokens of which that is known.</summary>
    /// <param name="isCut">Whether <paramref name="ids"/> begin inside a sentence, as far as is known.</param>
    private static void Look(ReadOnlySpan<int> ids, long start, EpochDraws draws, double[] same, double[] known, bool isCut)
    {
        const int None = EncodedCorpus.SentenceEnd;
        Span<int> last = stackalloc int[TileShape.DefaultCenters];
        last.Fill(None);
        long kept = last.Length;
        for (int j = 0; j < ids.Length; j++)
        {
            int word = ids[j];
            if (word == EncodedCorpus.SentenceEnd)
            {
                last.Fill(None);
                isCut = false;
            }
            else if (draws.Keeps(word, start + j))
            {
                int reach = (int)Math.Min(last.Length - 1, isCut ? kept - last.Length : long.MaxValue);
                for (int distance = 1; distance <= reach; distance++)
                {
                    same[distance] += last[(int)((kept - distance) % last.Length)] == word ? 1 : 0;
                    known[distance]++;
                }

                last[(int)(kept++ % last.Length)] = word;
            }
        }
    }

    private static int StretchLength(ReadOnlySpan<long> counts, ReadOnlySpan<uint> keepThresholds)
    {
        double tokens = 0, kept = 0;
        for (int word = 0; word < counts.Length; word++)
        {
            tokens += counts[word];
            kept += counts[word] * (keepThresholds[word] + 1.0) / 4294967296.0;
        }

        return (int)Math.Clamp(KeptOfStretch * tokens / Math.Max(1, kept), KeptOfStretch, LongestStretch);
    }
}
