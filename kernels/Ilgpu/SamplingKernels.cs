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

    /// <summary>What each run has.</summary>
    public ArrayView<RunCount> Counts;

    /// <summary>Out: what is before each run, with the total behind the last.</summary>
    public ArrayView<RunStart> Starts;

    /// <summary>Out: the kept tokens and all sentence ends, in order.</summary>
    public ArrayView<int> KeptWords;

    /// <summary>Out: where in the span each of them is.</summary>
    public ArrayView<int> KeptPositions;

    /// <summary>Out: which of the kept tokens begin a tile.</summary>
    public ArrayView<int> Tiles;

    /// <summary>The span's position in the corpus.</summary>
    public long SpanStart;

    /// <summary>The span's first id in <see cref="Ids"/>.</summary>
    public long First;

    /// <summary>Positions of the span.</summary>
    public int Length;

    /// <summary>Runs of <see cref="SamplingKernels.RunLength"/> positions.</summary>
    public int Runs;

    /// <summary>Center words of a tile.</summary>
    public int Centers;

    /// <summary>The key of the subsampling draws.</summary>
    public uint KeyA, KeyB;
}

/// <summary>What a run of positions has.</summary>
internal struct RunCount
{
    /// <summary>Kept tokens and sentence ends.</summary>
    public int Kept;

    /// <summary>Kept tokens before the run's first sentence end; all of them where there is none.</summary>
    public int Head;

    /// <summary>Kept tokens behind the run's last sentence end; −1 where there is none.</summary>
    public int Tail;

    /// <summary>Tiles that begin behind the run's first sentence end.</summary>
    public int Tiles;
}

/// <summary>What is before a run of positions.</summary>
internal struct RunStart
{
    /// <summary>Kept tokens and sentence ends.</summary>
    public int Kept;

    /// <summary>Kept tokens of the sentence that the run begins in.</summary>
    public int Sentence;

    /// <summary>Tiles.</summary>
    public int Tiles;

    /// <summary>Nothing; four numbers are loaded at once.</summary>
    public int Unused;
}

/// <summary>
/// Subsampling on the device: three launches turn a span of ids into the list of kept tokens, in order, and of the tiles.
/// </summary>
/// <remarks>
/// A tile begins with a sentence's first kept token and with every <c>Centers</c>-th after it. Launch shapes: <see cref="Count"/> and
/// <see cref="Scatter"/> take one thread for each run of <see cref="RunLength"/> positions, in groups of any size; <see cref="Scan"/> takes one group.
/// No shared memory; a thread owns its run's slot of <c>Counts</c> and, in Scatter, the slots of the lists from there on. The draw is made twice, so
/// that nobody has to store it. Counts and starts are two lists because ILGPU 1.5.3 at O2 moves a load to where its value is used, also past a
/// store to the same place: a scan of one list reads back what it has just written.
/// </remarks>
internal static class SamplingKernels
{
    /// <summary>Positions that one thread goes through.</summary>
    public const int RunLength = 64;

    /// <summary>Numbers that each thread of the scan leaves for the others.</summary>
    public const int SumsOfThread = 4;

    /// <summary>Counts what stays of each run.</summary>
    public static void Count(SamplingArguments a)
    {
        int run = Grid.IdxX * Group.DimX + Group.IdxX;
        if (run >= a.Runs)
            return;
        int kept = 0, head = 0, sentence = 0, tiles = 0, ends = 0;
        for (int i = run * RunLength; i < a.Length && i < (run + 1) * RunLength; i++)
        {
            int word = a.Ids[a.First + i];
            if (word == EncodedCorpus.SentenceEnd)
            {
                head = ends == 0 ? sentence : head;
                tiles += ends == 0 ? 0 : TilesOf(sentence, a.Centers);
                sentence = 0;
                ends++;
                kept++;
            }
            else if (Stays(a, word, i))
            {
                sentence++;
                kept++;
            }
        }

        a.Counts[run] = new RunCount
        {
            Kept = kept,
            Head = ends == 0 ? sentence : head,
            Tail = ends == 0 ? -1 : sentence,
            Tiles = ends == 0 ? 0 : tiles + TilesOf(sentence, a.Centers),
        };
    }

    /// <summary>
    /// Turns counts into starts. Each thread takes a stretch of runs: first what it has by itself (its tiles depend on the sentence it begins in),
    /// then that sentence from the threads before it, then its tiles, and what is before those.
    /// </summary>
    /// <param name="sums"><see cref="SumsOfThread"/> numbers for each thread.</param>
    public static void Scan(SamplingArguments a, ArrayView<int> sums)
    {
        int stretch = (a.Runs + Group.DimX - 1) / Group.DimX, first = Group.IdxX * stretch, threads = Group.DimX;
        int kept = 0, open = 0, ends = 0;
        for (int run = first; run < first + stretch && run < a.Runs; run++)
        {
            RunCount count = a.Counts[run];
            kept += count.Kept;
            open = count.Tail < 0 ? open + count.Head : count.Tail;
            ends += count.Tail < 0 ? 0 : 1;
        }

        sums[Group.IdxX] = kept;
        sums[threads + Group.IdxX] = open;
        sums[2 * threads + Group.IdxX] = ends;
        Group.Barrier();

        int keptBefore = 0, sentence = 0;
        for (int thread = 0; thread < Group.IdxX; thread++)
        {
            keptBefore += sums[thread];
            sentence = sums[threads + thread] + (sums[2 * threads + thread] == 0 ? sentence : 0);
        }

        int tiles = 0, within = sentence;
        for (int run = first; run < first + stretch && run < a.Runs; run++)
        {
            RunCount count = a.Counts[run];
            tiles += TilesBetween(within, count.Head, a.Centers) + count.Tiles;
            within = count.Tail < 0 ? within + count.Head : count.Tail;
        }

        sums[3 * threads + Group.IdxX] = tiles;
        Group.Barrier();

        int tilesBefore = 0;
        for (int thread = 0; thread < Group.IdxX; thread++)
            tilesBefore += sums[3 * threads + thread];
        for (int run = first; run < first + stretch && run < a.Runs; run++)
        {
            RunCount count = a.Counts[run];
            a.Starts[run] = new RunStart { Kept = keptBefore, Sentence = sentence, Tiles = tilesBefore };
            keptBefore += count.Kept;
            tilesBefore += TilesBetween(sentence, count.Head, a.Centers) + count.Tiles;
            sentence = count.Tail < 0 ? sentence + count.Head : count.Tail;
        }

        if (Group.IdxX == Group.DimX - 1)
            a.Starts[a.Runs] = new RunStart { Kept = keptBefore, Sentence = sentence, Tiles = tilesBefore };
    }

    /// <summary>Writes what stays of each run to its place.</summary>
    public static void Scatter(SamplingArguments a)
    {
        int run = Grid.IdxX * Group.DimX + Group.IdxX;
        if (run >= a.Runs)
            return;
        RunStart start = a.Starts[run];
        int target = start.Kept, tile = start.Tiles, untilTile = TilesOf(start.Sentence, a.Centers) * a.Centers - start.Sentence;
        for (int i = run * RunLength; i < a.Length && i < (run + 1) * RunLength; i++)
        {
            int word = a.Ids[a.First + i];
            bool isEnd = word == EncodedCorpus.SentenceEnd;
            if (!isEnd && !Stays(a, word, i))
                continue;
            a.KeptWords[target] = word;
            a.KeptPositions[target] = i;
            if (!isEnd && untilTile == 0)
            {
                a.Tiles[tile] = target;
                tile++;
                untilTile = a.Centers;
            }

            untilTile = isEnd ? 0 : untilTile - 1;
            target++;
        }
    }

    /// <summary>Tiles of a sentence of <paramref name="kept"/> tokens.</summary>
    private static int TilesOf(int kept, int centers) => (kept + centers - 1) / centers;

    /// <summary>Tiles that begin with one of the <paramref name="kept"/> tokens behind the first <paramref name="before"/> of a sentence.</summary>
    private static int TilesBetween(int before, int kept, int centers) => TilesOf(before + kept, centers) - TilesOf(before, centers);

    private static bool Stays(SamplingArguments a, int word, int index)
    {
        long position = a.SpanStart + index;
        return CounterRandom.Draw(a.KeyA, a.KeyB, (uint)position, (uint)(position >> 32)) <= a.KeepThresholds[word];
    }
}
