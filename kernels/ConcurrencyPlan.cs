using Word2Vec.Training;

namespace Word2Vec.Kernels;

/// <summary>
/// How many tiles of windows a device may train at once without spoiling the vectors, and how much of a frequent word's change it then makes.
/// </summary>
/// <remarks>
/// Windows in flight read the same old rows, so that the changes of frequent ones are scaled as <see cref="RowScales"/> says. Similarity falls before the
/// loss does when there are too many windows for the corpus, so they are capped at one for each <see cref="TokensPerWindow"/> kept tokens. The constants
/// come from simulated concurrency. With 10,560 windows in flight the tile kernel's PTX, executed on the processor, learns what the CPU learns from 100 MB of text
/// (docs/benchmarks/gpu-notes.md); no graphics card has confirmed them yet.
/// </remarks>
internal sealed class ConcurrencyPlan
{
    /// <summary>Kept tokens of an epoch for each window in flight.</summary>
    public const double TokensPerWindow = 500;

    /// <summary>More windows in flight than this were not found to keep the quality.</summary>
    public const int MostWindows = 16_384;

    // The more negatives a pair has, the less is each to blame for: of K that never meet the context σ comes to about 1 / (K + 1), so that what a changed row
    // changes in the next errors does not grow with K. With more than are usual none was lost by counting no more of them.
    private const int MostNegatives = 5;

    /// <summary>Plans for a device that can run <paramref name="deviceGroups"/> groups at once, each with a tile of <paramref name="centers"/> windows.</summary>
    public ConcurrencyPlan(TrainingJob job, int deviceGroups, int centers = 1)
    {
        var scales = new RowScales(job, MostNegatives);
        Groups = Math.Max(1, Math.Min(Math.Min(deviceGroups, MostWindows / centers), (int)Math.Min(int.MaxValue, scales.KeptTokens / TokensPerWindow / centers)));
        Windows = Groups * centers;
        InputScales = new float[job.Weights.InputRows];
        OutputScales = new float[job.Weights.OutputRows];

        // One tile alone sees its own changes.
        if (Groups == 1)
        {
            InputScales.AsSpan().Fill(1);
            OutputScales.AsSpan().Fill(1);
        }
        else
        {
            ScaleInputs(job, scales);
            ScaleOutputs(job, scales);
        }

        for (int row = 0; row < InputScales.Length; row++)
        {
            if (job.Weights.IsFrozen(row))
                InputScales[row] = 0;
        }
    }

    /// <summary>Groups that train at once, a tile each.</summary>
    public int Groups { get; }

    /// <summary>Windows that are trained at once.</summary>
    public int Windows { get; }

    /// <summary>The factor of the changes of each input vector; 0 of a frozen one, and of no other.</summary>
    public float[] InputScales { get; }

    /// <summary>The factor of the changes of each output vector.</summary>
    public float[] OutputScales { get; }

    // The row of an n-gram changes with every word that it stands in, as often as it stands there.
    private void ScaleInputs(TrainingJob job, RowScales scales)
    {
        if (job.Options.Subwords is null)
        {
            for (int id = 0; id < InputScales.Length; id++)
                InputScales[id] = scales.Input(id, Windows);
            return;
        }

        var shares = new double[InputScales.Length];
        for (int word = 0; word < job.Corpus.Vocabulary.Count; word++)
        {
            foreach (int row in job.Rows[word])
                shares[row] += scales.Share(word);
        }

        for (int row = 0; row < shares.Length; row++)
            InputScales[row] = scales.InputRow(shares[row], Windows);
    }

    // An inner node is a target with every word below it: the root with all of them.
    private void ScaleOutputs(TrainingJob job, RowScales scales)
    {
        if (job.Tree is not { } tree)
        {
            for (int id = 0; id < OutputScales.Length; id++)
                OutputScales[id] = scales.Output(id, Windows);
            return;
        }

        var shares = new double[OutputScales.Length];
        for (int word = 0; word < job.Corpus.Vocabulary.Count; word++)
        {
            foreach (int turn in tree.Path(word))
                shares[turn >> 1] += scales.Share(word);
        }

        for (int node = 0; node < shares.Length; node++)
            OutputScales[node] = scales.OutputRow(shares[node], Windows);
    }
}
