using Word2Vec.Sampling;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels;

/// <summary>
/// How many tiles of windows a device may train at once without spoiling the vectors, and how much of a frequent word's change it then makes.
/// </summary>
/// <remarks>
/// Windows in flight read the same old rows, and their changes add up. Where a word occurs many times in flight its summed change overshoots, so a
/// row's change is scaled by min(1, <see cref="SafeOccurrences"/> / expected occurrences in flight). Similarity falls before the loss does when
/// there are too many windows for the corpus, so they are capped at one for each <see cref="TokensPerWindow"/> kept tokens. The three constants
/// come from simulated concurrency; no graphics card has confirmed them yet.
/// </remarks>
internal sealed class ConcurrencyPlan
{
    /// <summary>Changes of one row that may be in flight at full size at <see cref="UsualRate"/>: half as many at twice the rate.</summary>
    public const double SafeOccurrences = 16;

    /// <summary>The learning rate at which <see cref="SafeOccurrences"/> was found.</summary>
    public const double UsualRate = 0.025;

    /// <summary>Kept tokens of an epoch for each window in flight.</summary>
    public const double TokensPerWindow = 500;

    /// <summary>More windows in flight than this were not found to keep the quality.</summary>
    public const int MostWindows = 16_384;

    /// <summary>Plans for a device that can run <paramref name="deviceGroups"/> groups at once, each with a tile of <paramref name="centers"/> windows.</summary>
    public ConcurrencyPlan(TrainingJob job, int deviceGroups, int centers = 1)
    {
        Vocabulary vocabulary = job.Corpus.Vocabulary;
        double[] kept = KeptShares(job.Sampler, vocabulary, out double keptTokens);
        Groups = Math.Max(1, Math.Min(Math.Min(deviceGroups, MostWindows / centers), (int)Math.Min(int.MaxValue, keptTokens / TokensPerWindow / centers)));
        Windows = Groups * centers;
        InputScales = new float[vocabulary.Count];
        OutputScales = new float[vocabulary.Count];
        double contexts = job.Options.Window + 1, negativeTotal = vocabulary.Counts.ToArray().Sum(AliasTable.NegativeWeight);
        double safe = SafeOccurrences * UsualRate / job.Options.LearningRate;
        for (int id = 0; id < vocabulary.Count; id++)
        {
            double negative = job.Options.Negatives * AliasTable.NegativeWeight(vocabulary.Counts[id]) / negativeTotal;
            InputScales[id] = Scale(safe, Windows * contexts * kept[id]);
            OutputScales[id] = Scale(safe, Windows * (kept[id] + negative));
        }
    }

    /// <summary>Groups that train at once, a tile each.</summary>
    public int Groups { get; }

    /// <summary>Windows that are trained at once.</summary>
    public int Windows { get; }

    /// <summary>The factor of the changes of each input vector.</summary>
    public float[] InputScales { get; }

    /// <summary>The factor of the changes of each output vector.</summary>
    public float[] OutputScales { get; }

    // One tile alone sees its own changes.
    private float Scale(double safe, double occurrences) => Groups == 1 ? 1f : (float)Math.Min(1, safe / Math.Max(1e-9, occurrences));

    /// <summary>The share that each word has of the tokens that stay after subsampling.</summary>
    private static double[] KeptShares(Sampler sampler, Vocabulary vocabulary, out double keptTokens)
    {
        var kept = new double[vocabulary.Count];
        for (int id = 0; id < kept.Length; id++)
            kept[id] = vocabulary.Counts[id] * (sampler.KeepThresholds[id] + 1.0) / 4294967296.0;
        double total = keptTokens = kept.Sum();
        return [.. kept.Select(count => count / Math.Max(1, total))];
    }
}
