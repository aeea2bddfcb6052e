using ILGPU;
using Word2Vec.Numerics;
using Word2Vec.Words;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The corpus on the device and the tokens of it that stay: what the sampling kernels read and write.</summary>
internal struct SamplingArguments
{
    /// <summary>Ids of the span: <see cref="Length"/> of them from <see cref="First"/>.</summary>
    public ArrayView<int> Ids;

    /// <summary>For each word the largest draw with which it stays.</summary>
    public ArrayView<uint> KeepThresholds;

    /// <summary>Kept tokens of each run; and, from the scan, kept tokens before each run, with the total behind the last.</summary>
    public ArrayView<int> Counts, Offsets;

    /// <summary>Out: the kept tokens and all sentence ends, in order.</summary>
    public ArrayView<int> KeptWords;

    /// <summary>Out: where in the span each of them is.</summary>
    public ArrayView<int> KeptPositions;

    /// <summary>The span's position in the corpus.</summary>
    public long SpanStart;

    /// <summary>The span's first id in <see cref="Ids"/>.</summary>
    public long First;

    /// <summary>Positions of the span.</summary>
    public int Length;

    /// <summary>Runs of <see cref="SamplingKernels.RunLength"/> positions.</summary>
    public int Runs;

    /// <summary>The key of the subsampling draws.</summary>
    public uint KeyA, KeyB;
}

/// <summary>
/// Subsampling on the device: three launches turn a span of ids into the list of kept tokens, in order.
/// </summary>
/// <remarks>
/// Launch shapes: <see cref="Count"/> and <see cref="Scatter"/> take one thread for each run of <see cref="RunLength"/> positions, in groups of any
/// size; <see cref="Scan"/> takes one group. No shared memory; a thread owns its run's slot of <c>Counts</c> and, in Scatter, the slots of
/// the kept list from there on. The draw is made twice, so that nobody has to store it. Counts and offsets are two lists because ILGPU 1.5.3
/// at O2 moves a load to where its value is used, also past a store to the same place: a scan of one list reads back what it has just written.
/// </remarks>
internal static class SamplingKernels
{
    /// <summary>Positions that one thread goes through.</summary>
    public const int RunLength = 64;

    /// <summary>Counts what stays of each run.</summary>
    public static void Count(SamplingArguments a)
    {
        int run = Grid.IdxX * Group.DimX + Group.IdxX;
        if (run >= a.Runs)
            return;
        int kept = 0;
        for (int i = run * RunLength; i < a.Length && i < (run + 1) * RunLength; i++)
        {
            if (Stays(a, i))
                kept++;
        }

        a.Counts[run] = kept;
    }

    /// <summary>Turns counts into offsets: each thread sums a stretch of runs, then adds what the threads before it have.</summary>
    public static void Scan(SamplingArguments a, ArrayView<int> sums)
    {
        int stretch = (a.Runs + Group.DimX - 1) / Group.DimX;
        int first = Group.IdxX * stretch;
        int sum = 0;
        for (int run = first; run < first + stretch && run < a.Runs; run++)
            sum += a.Counts[run];
        sums[Group.IdxX] = sum;
        Group.Barrier();

        int before = 0;
        for (int thread = 0; thread < Group.IdxX; thread++)
            before += sums[thread];
        for (int run = first; run < first + stretch && run < a.Runs; run++)
        {
            a.Offsets[run] = before;
            before += a.Counts[run];
        }

        if (Group.IdxX == Group.DimX - 1)
            a.Offsets[a.Runs] = before;
    }

    /// <summary>Writes what stays of each run to its place.</summary>
    public static void Scatter(SamplingArguments a)
    {
        int run = Grid.IdxX * Group.DimX + Group.IdxX;
        if (run >= a.Runs)
            return;
        int target = a.Offsets[run];
        for (int i = run * RunLength; i < a.Length && i < (run + 1) * RunLength; i++)
        {
            if (!Stays(a, i))
                continue;
            a.KeptWords[target] = a.Ids[a.First + i];
            a.KeptPositions[target] = i;
            target++;
        }
    }

    private static bool Stays(SamplingArguments a, int index)
    {
        int word = a.Ids[a.First + index];
        if (word == EncodedCorpus.SentenceEnd)
            return true;
        long position = a.SpanStart + index;
        return CounterRandom.Draw(a.KeyA, a.KeyB, (uint)position, (uint)(position >> 32)) <= a.KeepThresholds[word];
    }
}
