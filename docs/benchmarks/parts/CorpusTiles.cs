using Word2Vec.Numerics;
using Word2Vec.Sampling;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Benchmarks;

/// <summary>A center word and the contexts that it sees: Begin … End − 1 of the tile's contexts, without Own.</summary>
internal readonly record struct TileCenter(int Word, int Begin, int Own, int End);

/// <summary>
/// A tile as the CPU trains it, with the buckets of the alias table that its negatives came from, and the sentence that was read for it
/// where it is the first of one.
/// </summary>
internal sealed record CorpusTile(
    int[] Contexts, TileCenter[] Centers, int[] Negatives, int[] Buckets, long SentenceStart, int SentenceLength, int Kept);

/// <summary>The tiles of a corpus, from the draws that the training makes.</summary>
internal sealed class CorpusTiles(EncodedCorpus corpus, TrainingOptions options)
{
    // TileRows: how far apart centers of the same radius that follow each other in its order are.
    private const int Strides = 8;

    private readonly List<(int Word, long Position)> _kept = [];
    private readonly EpochDraws _draws = new Sampler(
        corpus.Vocabulary, options.SubsamplingThreshold, options.Window, TileShape.Of(options).Negatives, options.Seed).Epoch(0);

    /// <summary>What a tile is.</summary>
    public TileShape Shape { get; } = TileShape.Of(options);

    /// <summary>The tiles of the first epoch, of the sentences that begin before position <paramref name="end"/>.</summary>
    public IEnumerable<CorpusTile> Read(long end)
    {
        for (long start = 0, position; start < Math.Min(end, corpus.Length); start = position + 1)
        {
            _kept.Clear();
            for (position = start; corpus.Ids(position, 1)[0] is var word and not EncodedCorpus.SentenceEnd; position++)
            {
                if (_draws.Keeps(word, position))
                    _kept.Add((word, position));
            }

            for (int first = 0; _kept.Count > 1 && first < _kept.Count; first += Shape.Centers)
                yield return Tile(first, start, (int)(position - start));
        }
    }

    private CorpusTile Tile(int first, long start, int length)
    {
        int end = Math.Min(_kept.Count, first + Shape.Centers);
        var windows = Enumerable.Range(first, end - first)
            .Select(center => (Center: center, Radius: _draws.Radius(_kept[center].Position))).ToList();
        int from = Math.Max(0, windows.Min(window => window.Center - window.Radius)),
            to = Math.Min(_kept.Count, windows.Max(window => window.Center + window.Radius) + 1);
        TileCenter[] centers = [.. windows.OrderBy(window => window.Radius).ThenBy(window => (window.Center - first) % Strides)
            .Select(window => new TileCenter(
                _kept[window.Center].Word, Math.Max(from, window.Center - window.Radius) - from, window.Center - from,
                Math.Min(to, window.Center + window.Radius + 1) - from))];
        int[] contexts = [.. _kept.Skip(from).Take(to - from).Select(token => token.Word)];
        long at = _kept[first].Position;
        int[] negatives = [.. Enumerable.Range(0, Shape.Negatives).Select(k => _draws.Negative(at, k))];
        int[] buckets = [.. Enumerable.Range(0, Shape.Negatives).Select(k => (int)CounterRandom.Below(
            _draws.Keys[EpochDraws.BucketKey(k)].Draw(at), (uint)corpus.Vocabulary.Count))];
        return new CorpusTile(contexts, centers, negatives, buckets, first == 0 ? start : -1, length, _kept.Count);
    }
}
