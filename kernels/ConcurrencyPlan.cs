using Word2Vec.Training;

namespace Word2Vec.Kernels;

/// <summary>
/// How many tiles of windows a device may train at once without spoiling the vectors, and how much of a frequent word's change it then makes.
/// </summary>
/// <remarks>
/// Windows in flight read the same old rows, so that the changes of frequent ones are scaled as <see cref="RowScales"/> says. Similarity falls before the
/// loss does when there are too many windows for the corpus, so they are capped at one for each <see cref="TokensPerWindow"/> kept tokens. The constants
/// come from simulated concurrency; no graphics card has confirmed them yet.
/// </remarks>
internal sealed class ConcurrencyPlan
{
    /// <summary>Kept tokens of an epoch for each window in flight.</summary>
    public const double TokensPerWindow = 500;

    /// <summary>More windows in flight than this were not found to keep the quality.</summary>
    public const int MostWindows = 16_384;

    /// <summary>Plans for a device that can run <paramref name="deviceGroups"/> groups at once, each with a tile of <paramref name="centers"/> windows.</summary>
    public ConcurrencyPlan(TrainingJob job, int deviceGroups, int centers = 1)
    {
        var scales = new RowScales(job);
        Groups = Math.Max(1, Math.Min(Math.Min(deviceGroups, MostWindows / centers), (int)Math.Min(int.MaxValue, scales.KeptTokens / TokensPerWindow / centers)));
        Windows = Groups * centers;
        InputScales = new float[job.Corpus.Vocabulary.Count];
        OutputScales = new float[job.Corpus.Vocabulary.Count];
        for (int id = 0; id < InputScales.Length; id++)
        {
            // One tile alone sees its own changes.
            InputScales[id] = Groups == 1 ? 1 : scales.Input(id, Windows);
            OutputScales[id] = Groups == 1 ? 1 : scales.Output(id, Windows);
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
}
