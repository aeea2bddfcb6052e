using System.Runtime.InteropServices;
using Word2Vec.Training;

namespace Word2Vec.Benchmarks;

/// <summary>A loop of the CPU backend.</summary>
/// <param name="Method">The beginning of the method's name in <see cref="Tests.Shared.JitListing"/>.</param>
/// <param name="Loop">The number of the loop in it, or <see cref="TileWork.Straight"/>.</param>
/// <param name="Lanes">Floats of a register there.</param>
internal readonly record struct BackendLoop(string Method, int Loop, int Lanes);

/// <summary>
/// How often each loop of the CPU backend goes round for the tiles that were added, and how many multiply-adds their definition needs.
/// </summary>
internal sealed class TileWork(TrainingOptions options, TileShape shape, int lanes)
{
    /// <summary>The loop that stands for what a method does outside of its loops.</summary>
    public const int Straight = -1;

    // TileNegatives, TileRows and SentenceTokens: blocks of contexts and negatives, passes over the centers, tokens drawn at a time.
    private const int ContextBlock = 6, NegativeBlock = 4, NegativeLanes = 8, Strides = 8, Chunk = 256, DrawLanes = 8;

    private readonly int _stride = RoundUp(options.VectorSize, Weights.RowAlignment);
    private readonly int _negatives = RoundUp(shape.Negatives, NegativeBlock), _negativeStride = RoundUp(shape.Negatives, NegativeLanes);

    /// <summary>How often each loop goes round.</summary>
    public Dictionary<BackendLoop, long> Rounds { get; } = [];

    /// <summary>Windows, which are center words.</summary>
    public long Windows { get; private set; }

    /// <summary>(center, context) pairs.</summary>
    public long Pairs { get; private set; }

    /// <summary>(context, negative) pairs that count.</summary>
    public long NegativePairs { get; private set; }

    /// <summary>Rows that are read and changed.</summary>
    public long Rows { get; private set; }

    public void Add(CorpusTile tile)
    {
        int pairs = tile.Centers.Sum(center => center.End - center.Begin - 1);
        Windows += tile.Centers.Length;
        Pairs += pairs;
        NegativePairs += CountNegatives(tile);
        Rows += tile.Contexts.Length + tile.Centers.Length + tile.Negatives.Length;
        if (tile.SentenceStart >= 0)
            AddSentence(tile.SentenceLength, tile.Kept);
        AddSetUp(tile.Contexts.Length, tile.Centers.Length);
        AddNegativeDots(tile.Contexts.Length);
        AddCenterDots(tile, pairs);
        AddUpdate(tile.Contexts.Length, tile.Centers.Length, pairs);
    }

    private static long CountNegatives(CorpusTile tile)
    {
        long count = 0;
        var seen = new int[tile.Contexts.Length];
        foreach (int negative in tile.Negatives)
        {
            Array.Clear(seen);
            foreach (TileCenter center in tile.Centers.Where(center => center.Word != negative))
            {
                for (int c = center.Begin; c < center.End; c++)
                    seen[c] += c == center.Own ? 0 : 1;
            }

            count += seen.Count(times => times > 0);
        }

        return count;
    }

    private void AddSentence(int length, int kept)
    {
        int chunks = (length + Chunk - 1) / Chunk, keptChunks = (kept + Chunk - 1) / Chunk;
        Count("TileReader.Read(", 0, 1);
        Count("SentenceTokens.Read(", Straight, 1, length, chunks, keptChunks);
        Count("SentenceTokens.Keep(", Straight, chunks, length);
        Count("DrawKey.DrawRange(", Straight, chunks, length / DrawLanes, length % DrawLanes);
        Count("SentenceTokens.DrawRadii(", Straight, keptChunks, kept);
        Count("DrawKey.Draw(System.ReadOnlySpan", Straight, keptChunks, kept / DrawLanes, kept % DrawLanes);
        Count("DrawKey.Draw(System.Numerics", Straight, length / DrawLanes + kept / DrawLanes);
    }

    private void AddSetUp(int contexts, int centers)
    {
        int negatives = shape.Negatives;
        Count("SimdWorker.Train(", 0, 1);
        Count("TileReader.Read(", Straight, 1);
        Count("TileReader.Read(", 1, negatives);
        Count("EpochDraws.Negative(", Straight, negatives);
        Count("AliasTable.Pick(", Straight, negatives);
        Count("TileRows.Fill(", Straight, 1, centers);
        Count("TileRows.TakeCenters(", Straight, 1, centers, options.Window + 1, Strides, centers);
        Count("TileRows.TakeCenter(", Straight, centers);
        Count("TileRows.TakeContexts(", Straight, 1, contexts);
        Count("TileNegatives.Add(", Straight, contexts, contexts * _negativeStride / NegativeLanes,
            contexts * (_negativeStride - negatives));
        Count("TileNegatives.Complete(", Straight, 1, RoundUp(contexts, ContextBlock) - contexts);
        Count("TileRows.TakeNegatives(", Straight, 1, negatives);
        Count("TileRows.PassOverCenters(", Straight, negatives);
        int lines = _stride / 16;
        Count("TileRows.Prefetch(", Straight, lines, lines * contexts, lines * centers, lines * negatives);
        Count("TileKernel.Train(", Straight, 1, _stride / lanes);
    }

    private void AddNegativeDots(int contexts)
    {
        int sixes = RoundUp(contexts, ContextBlock) / ContextBlock, twos = sixes * (_negativeStride / (2 * lanes)),
            ones = sixes * (_negativeStride % (2 * lanes) / lanes), halves = _negativeStride % lanes > 0 ? sixes : 0,
            packs = _negatives / NegativeBlock;
        Count("NegativeDots.Multiply(", Straight, 1, packs, sixes, twos, ones);
        Count("Transpose.Four(", Straight, packs, packs * _stride / 4);
        Count("NegativeDots.SixByTwo(", Straight, twos, twos * options.VectorSize);
        Count("NegativeDots.SixByOne(", Straight, ones, ones * options.VectorSize);
        CountAt(NegativeLanes, "NegativeDots.SixByOne(", Straight, halves, halves * options.VectorSize);
        Count("TileKernel.NegativeGradients(", Straight, 1, sixes * ContextBlock * _negativeStride / lanes);
    }

    private void AddCenterDots(CorpusTile tile, int pairs)
    {
        int sixes = 0, threes = 0;
        foreach (TileCenter center in tile.Centers)
        {
            int contexts = center.End - center.Begin - 1;
            sixes += (contexts + 2) / 6;
            threes += contexts % 6 is > 0 and <= 3 ? 1 : 0;
        }

        int before = tile.Centers.Sum(center => center.Own - center.Begin);
        Count("CenterDots.Multiply(", Straight, 1, tile.Centers.Length, before, pairs - before, sixes);
        Count("CenterDots.Six(", Straight, sixes, sixes * _stride / lanes);
        Count("CenterDots.Three(", Straight, threes, threes * _stride / lanes);
        Count("TileKernel.CenterGradients(", Straight, 1, lanes, (pairs + lanes - 1) / lanes);
    }

    private void AddUpdate(int contexts, int centers, int pairs)
    {
        int columns = _stride / lanes, eights = _negatives / 8, fours = _negatives % 8 / 4;
        Count("TileUpdate.Column(", Straight, columns, columns * eights, columns * fours);
        Count("TileUpdate.Take(", Straight, 2 * columns, columns * (_negatives + centers));
        Count("TileUpdate.Eight(", Straight, columns * eights, columns * eights * contexts);
        Count("TileUpdate.Four(", Straight, columns * fours, columns * fours * contexts);
        Count("TileUpdate.Centers(", Straight, columns, columns * centers, columns * pairs / 2, columns * pairs - columns * pairs / 2);
        Count("TileUpdate.AddChanges(", Straight, columns, columns * contexts);
    }

    /// <summary>Adds rounds to loop <paramref name="first"/> and those after it.</summary>
    private void Count(string method, int first, params ReadOnlySpan<int> rounds) => CountAt(lanes, method, first, rounds);

    // The listing has one method for both widths: their instructions differ in the registers alone.
    private void CountAt(int width, string method, int first, params ReadOnlySpan<int> rounds)
    {
        foreach (int count in rounds)
        {
            if (count > 0)
                CollectionsMarshal.GetValueRefOrAddDefault(Rounds, new BackendLoop(method, first, width), out _) += count;
            first++;
        }
    }

    private static int RoundUp(int count, int block) => (count + block - 1) / block * block;
}
