using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Word2Vec.Training;

/// <summary>
/// Brings the changes of all pieces of a round into the weights: row = row before + factor · Σ (copy − row before), in the order of the pieces. A
/// row's sum does not depend on who makes it, so any number of threads may share the rows among them.
/// </summary>
internal sealed unsafe class RowMerge(Weights weights, RoundPlan plan)
{
    private readonly RowKeys _rows = new();
    private readonly List<(nint Sum, int Pieces)> _sums = [];

    /// <summary>Merges the rows of one <paramref name="part"/> of <paramref name="parts"/>; no other thread may take the same one.</summary>
    public void Merge(ReadOnlySpan<RowCopies> pieces, int part, int parts)
    {
        _rows.Clear();
        _sums.Clear();
        foreach (RowCopies copies in pieces)
        {
            ReadOnlySpan<uint> keys = copies.Keys;
            for (int i = 0; i < keys.Length; i++)
            {
                if (RowKeys.PartOf(keys[i], parts) == part)
                    Take(keys[i], copies[i]);
            }
        }

        ReadOnlySpan<uint> merged = _rows.Keys;
        for (int i = 0; i < merged.Length; i++)
            Finish(merged[i], (float*)_sums[i].Sum, _sums[i].Pieces);
    }

    // The first copy becomes the sum. The weights keep the values before the round until all changes are in it.
    private void Take(uint key, float* copy)
    {
        int number = _rows.Number(key, out bool isNew);
        if (isNew)
        {
            _sums.Add(((nint)copy, 1));
            return;
        }

        (nint sum, int pieces) = _sums[number];
        _sums[number] = (sum, pieces + 1);
        AddChange((float*)sum, copy, RowKeys.RowOf(weights, key));
    }

    private void AddChange(float* sum, float* copy, float* before)
    {
        for (int i = 0; i < weights.Stride; i += Vector512<float>.Count)
            (Vector512.Load(sum + i) + (Vector512.Load(copy + i) - Vector512.Load(before + i))).Store(sum + i);
    }

    private void Finish(uint key, float* sum, int pieces)
    {
        float* row = RowKeys.RowOf(weights, key);
        float factor = pieces == 1 ? 1 : Math.Max(1f / pieces, plan.Scale(key));
        if (factor == 1)
        {
            Unsafe.CopyBlock(row, sum, (uint)weights.Stride * sizeof(float));
            return;
        }

        for (int i = 0; i < weights.Stride; i += Vector512<float>.Count)
        {
            Vector512<float> before = Vector512.Load(row + i);
            (before + (Vector512.Load(sum + i) - before) * factor).Store(row + i);
        }
    }
}
