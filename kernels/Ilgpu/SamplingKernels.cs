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
/// <see cref="Scatter"/> take one thread for each run of <see cref="RunLength"/> positions, in groups of any size; <see cref="Scan"/> takes one group of at most <see cref="LargestScan"/> threads, with what
/// they have by themselves in shared memory. A thread owns its run's slot of <c>Counts</c> and, in Scatter, the slots of the lists from there on. The draw is made twice, so
/// that nobody has to store it. Counts and starts are two lists because ILGPU 1.5.3 at O2 moves a load to where its value is used, also past a
/// store to the same place: a scan of one list reads back what it has just written.
/// </remarks>
internal static class SamplingKernels
{
    /// <summary>Positions that one thread goes through.</summary>
    public const int RunLength = 64;

    /// <summary>Threads of the scan, at most.</summary>
    public const int LargestScan = 1024;

    // Positions whose ids and thresholds a thread asks for before it uses the first, and the bits of their fates.
    private const int Together = 8, Stays = 1, Ends = 1 << Together;

    /// <summary>Counts what stays of each run.</summary>
    public static void Count(SamplingArguments a)
    {
        int run = Grid.IdxX * Group.DimX + Group.IdxX;
        if (run >= a.Runs)
            return;
        int kept = 0, head = 0, sentence = 0, tiles = 0, ends = 0;
        for (int i = run * RunLength; i < a.Length && i < (run + 1) * RunLength; i += Together)
        {
            for (int fates = Fates(a, i); fates != 0; fates = Next(fates))
            {
                bool isEnd = (fates & Ends) != 0;
                kept += fates & Stays;
                sentence += fates & Stays;
                if (!isEnd)
                    continue;
                head = ends == 0 ? sentence : head;
                tiles += ends == 0 ? 0 : TilesOf(sentence, a.Centers);
                sentence = 0;
                ends++;
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
    public static void Scan(SamplingArguments a)
    {
        ArrayView<int> keptOf = SharedMemory.Allocate<int>(LargestScan), openOf = SharedMemory.Allocate<int>(LargestScan), endsOf = SharedMemory.Allocate<int>(LargestScan);
        int stretch = (a.Runs + Group.DimX - 1) / Group.DimX, first = Group.IdxX * stretch, thread = Group.IdxX;
        int kept = 0, open = 0, ends = 0;
        for (int run = first; run < first + stretch && run < a.Runs; run++)
        {
            RunCount count = a.Counts[run];
            kept += count.Kept;
            open = count.Tail < 0 ? open + count.Head : count.Tail;
            ends |= count.Tail < 0 ? 0 : 1;
        }

        // Behind each turn a thread has the sum of twice as many threads, with itself the last: tokens, those of the open sentence, whether one ends.
        for (int distance = 1; distance < Group.DimX; distance *= 2)
        {
            keptOf[thread] = kept;
            openOf[thread] = open;
            endsOf[thread] = ends;
            Group.Barrier();
            if (thread >= distance)
            {
                kept += keptOf[thread - distance];
                open += ends == 0 ? openOf[thread - distance] : 0;
                ends |= endsOf[thread - distance];
            }

            Group.Barrier();
        }

        keptOf[thread] = kept;
        openOf[thread] = open;
        Group.Barrier();
        int keptBefore = thread == 0 ? 0 : keptOf[thread - 1], sentence = thread == 0 ? 0 : openOf[thread - 1];
        int own = 0, within = sentence;
        for (int run = first; run < first + stretch && run < a.Runs; run++)
        {
            RunCount count = a.Counts[run];
            own += TilesBetween(within, count.Head, a.Centers) + count.Tiles;
            within = count.Tail < 0 ? within + count.Head : count.Tail;
        }

        int tiles = own;
        for (int distance = 1; distance < Group.DimX; distance *= 2)
        {
            endsOf[thread] = tiles;
            Group.Barrier();
            tiles += thread >= distance ? endsOf[thread - distance] : 0;
            Group.Barrier();
        }

        int tilesBefore = tiles - own;
        for (int run = first; run < first + stretch && run < a.Runs; run++)
        {
            RunCount count = a.Counts[run];
            a.Starts[run] = new RunStart { Kept = keptBefore, Sentence = sentence, Tiles = tilesBefore };
            keptBefore += count.Kept;
            tilesBefore += TilesBetween(sentence, count.Head, a.Centers) + count.Tiles;
            sentence = count.Tail < 0 ? sentence + count.Head : count.Tail;
        }

        if (thread == Group.DimX - 1)
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
        for (int block = run * RunLength; block < a.Length && block < (run + 1) * RunLength; block += Together)
        {
            int i = block;
            for (int fates = Fates(a, block); fates != 0; fates = Next(fates))
            {
                bool isEnd = (fates & Ends) != 0;
                if (isEnd || (fates & Stays) != 0)
                {
                    a.KeptWords[target] = a.Ids[a.First + i];
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

                i++;
            }
        }
    }

    /// <summary>Tiles of a sentence of <paramref name="kept"/> tokens.</summary>
    private static int TilesOf(int kept, int centers) => (kept + centers - 1) / centers;

    /// <summary>Tiles that begin with one of the <paramref name="kept"/> tokens behind the first <paramref name="before"/> of a sentence.</summary>
    private static int TilesBetween(int before, int kept, int centers) => TilesOf(before + kept, centers) - TilesOf(before, centers);

    /// <summary>
    /// What becomes of the positions from <paramref name="index"/> on: the bit <see cref="Stays"/> where the first of them is a token that stays, <see cref="Ends"/> where it is the end of a sentence, and of each further one
    /// the next bits. Those behind the span have none.
    /// </summary>
    private static int Fates(SamplingArguments a, int index)
    {
        int fates = Fate(a, index) | (Fate(a, index + 1) << 1) | (Fate(a, index + 2) << 2) | (Fate(a, index + 3) << 3)
            | (Fate(a, index + 4) << 4) | (Fate(a, index + 5) << 5) | (Fate(a, index + 6) << 6) | (Fate(a, index + 7) << 7);
        int there = (1 << IntrinsicMath.Min(Together, a.Length - index)) - 1;
        return fates & (there | (there << Together));
    }

    private static int Next(int fates) => (fates >> 1) & ~(Ends >> 1);

    // Without a branch: all that a thread asks for is on its way together.
    private static int Fate(SamplingArguments a, int index)
    {
        int word = a.Ids[a.First + IntrinsicMath.Min(index, a.Length - 1)];
        long position = a.SpanStart + index;
        uint draw = CounterRandom.Draw(a.KeyA, a.KeyB, (uint)position, (uint)(position >> 32));
        int stays = draw <= a.KeepThresholds[IntrinsicMath.Max(word, 0)] ? Stays : 0;
        return word == EncodedCorpus.SentenceEnd ? Ends : stays;
    }
}
