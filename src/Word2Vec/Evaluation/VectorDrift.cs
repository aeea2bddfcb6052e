using Word2Vec.Analysis;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>What is compared in a <see cref="VectorDrift"/>.</summary>
public sealed record DriftOptions
{
    /// <summary>Words must stand so often in both texts, where the vectors have counts; 0, the default: any.</summary>
    public long MinimumCount { get; init; }

    /// <summary>Only so many of the first shared words are compared; 0, the default: all.</summary>
    public int Limit { get; init; }

    /// <summary>The nearest words that are compared, 1 or more; 10 by default.</summary>
    public int Neighbors { get; init; } = 10;

    /// <summary>The words that show how the vectors turned as a whole; null, the default: all that are compared.</summary>
    public IReadOnlyCollection<string>? Anchors { get; init; }
}

/// <summary>A word of both vectors.</summary>
/// <param name="Word">The word.</param>
/// <param name="Distance">1 − cosine of its vectors in one space, 0 … 2; NaN where they were not turned.</param>
/// <param name="NeighborDistance">
/// 1 − Jaccard's index of its nearest words then and now: 0 where they are the same, 1 where none is; NaN where they were not looked for.
/// </param>
/// <param name="Before">Its nearest words in the earlier vectors, among those that are compared, the nearest first.</param>
/// <param name="After">The same in the later ones.</param>
public sealed record DriftedWord(string Word, double Distance, double NeighborDistance, IReadOnlyList<string> Before, IReadOnlyList<string> After);

/// <summary>
/// Which words moved between two sets of vectors: by their distance after the later ones were turned into the space of the earlier ones
/// (<see cref="VectorAlignment"/>), and by how many of their neighbours changed, which needs no turning.
/// </summary>
/// <remarks>Hamilton et al. 2016, Cultural Shift or Linguistic Drift?, compares both measures.</remarks>
public sealed class VectorDrift
{
    private const int Batch = 4096;

    private readonly WordVectors _before, _after;
    private readonly IReadOnlyList<(int Before, int After)> _shared;
    private readonly DriftOptions _options;
    private readonly double[]? _distances;

    private VectorDrift(WordVectors before, WordVectors after, IReadOnlyList<(int Before, int After)> shared, DriftOptions options, VectorAlignment? alignment,
        CancellationToken cancellation)
    {
        (_before, _after, _shared, _options, Alignment) = (before, after, shared, options, alignment);
        _distances = alignment?.Distances(cancellation);
    }

    /// <summary>How the later vectors were turned; null where they were not.</summary>
    public VectorAlignment? Alignment { get; }

    /// <summary>The number of words that are compared.</summary>
    public int Count => _shared.Count;

    /// <summary>The mean distance of all words; NaN where they were not turned.</summary>
    public double MeanDistance => _distances?.Average() ?? double.NaN;

    /// <summary>Compares <paramref name="before"/> with <paramref name="after"/>, which stay in use.</summary>
    /// <param name="align">Whether to turn the later vectors, which must then have the size of the earlier ones.</param>
    /// <exception cref="Word2VecException">
    /// They share too few words (Input), are of two sizes and to be turned, or a count is asked for that they do not have (Usage).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static VectorDrift Between(
        WordVectors before, WordVectors after, DriftOptions? options = null, bool align = true, CancellationToken cancellation = default)
    {
        options ??= new DriftOptions();
        OptionCheck.Range("neighbors", options.Neighbors, 1, 100_000);
        OptionCheck.Range("limit", options.Limit, 0, int.MaxValue);
        OptionCheck.Range("min-count", options.MinimumCount, 0, long.MaxValue);
        if (options.MinimumCount > 0 && before.Counts is null && after.Counts is null)
            throw new Word2VecException(ErrorKind.Usage, $"The option min-count is {options.MinimumCount}, but neither file says how often its words stood in its text; " +
                "leave it out, or give files that do (.w2v).");
        IEnumerable<(int Before, int After)> all = VectorAlignment.Shared(before, after).Where(pair =>
            (before.Counts is null || before.Counts[pair.Before] >= options.MinimumCount) && (after.Counts is null || after.Counts[pair.After] >= options.MinimumCount));
        (int Before, int After)[] shared = [.. options.Limit > 0 ? all.Take(options.Limit) : all];
        if (shared.Length < 2)
            throw new Word2VecException(ErrorKind.Input, $"{shared.Length} words are in both files and frequent enough; two or more were expected. Are they spelt alike?");
        return new VectorDrift(before, after, shared, options, align ? VectorAlignment.Of(before, after, shared, options.Anchors, cancellation) : null, cancellation);
    }

    /// <summary>
    /// The words that moved farthest, at most <paramref name="count"/>, with their neighbours; of equally far ones the first. By distance, or where
    /// <paramref name="byNeighbors"/> by the neighbours that changed.
    /// </summary>
    /// <param name="progress">Hears, on the calling thread, of the stage <c>neighbors</c> (words), once for each of both files, which are its parts.</param>
    public IReadOnlyList<DriftedWord> Farthest(
        int count, bool byNeighbors = false, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        OptionCheck.Range(nameof(count), count, 0, int.MaxValue);
        if (!byNeighbors && _distances is not null)
            return Describe([.. Enumerable.Range(0, Count).OrderByDescending(i => _distances[i]).Take(count)], progress, cancellation);
        IReadOnlyList<DriftedWord> all = Describe([.. Enumerable.Range(0, Count)], progress, cancellation);
        return [.. all.OrderByDescending(word => word.NeighborDistance).Take(count)];
    }

    /// <summary>How far each of <paramref name="words"/> moved, with their neighbours, in their order; those that are not compared are left out.</summary>
    /// <param name="progress">Hears as in <see cref="Farthest"/>.</param>
    public IReadOnlyList<DriftedWord> Of(IEnumerable<string> words, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        var places = new Dictionary<int, int>();
        for (int i = 0; i < Count; i++)
            places.Add(_shared[i].Before, i);
        return Describe(
            [.. words.Select(word => _before.Words.TryGetId(word, out int id) ? places.GetValueOrDefault(id, -1) : -1).Where(place => place >= 0)], progress, cancellation);
    }

    private DriftedWord[] Describe(int[] places, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        int[][] before = Nearest(_before, pair => pair.Before, places, done => Report(done, 1), cancellation);
        int[][] after = Nearest(_after, pair => pair.After, places, done => Report(done, 2), cancellation);
        return [.. places.Select((place, i) => new DriftedWord(_before.Words[_shared[place].Before], _distances?[place] ?? double.NaN,
            Jaccard(before[i], after[i]), Names(before[i]), Names(after[i])))];

        void Report(int done, int file) => progress?.Report(new StageProgress("neighbors", done, places.Length, Part: file, Parts: 2));
    }

    // Among the shared words, as places in their list, so that both can be compared.
    private int[][] Nearest(
        WordVectors vectors, Func<(int Before, int After), int> side, int[] places, Action<int> report, CancellationToken cancellation)
    {
        int done = 0;
        report(done);
        using WordVectors own = WordSubset.Of(vectors, [.. _shared.Select(side)]);
        var index = new VectorIndex(own, cancellation: cancellation);
        return [.. places.Chunk(Batch).SelectMany(chunk =>
        {
            var queries = new float[chunk.Length * own.Size];
            for (int i = 0; i < chunk.Length; i++)
                own[chunk[i]].CopyTo(queries.AsSpan(i * own.Size));
            Hit[][] found = index.Search(queries, Math.Min(_options.Neighbors, Count - 1), Array.ConvertAll(chunk, place => new[] { place }), cancellation);
            report(done += chunk.Length);
            return found;
        }).Select(hits => Array.ConvertAll(hits, hit => hit.Id))];
    }

    private string[] Names(int[] places) => Array.ConvertAll(places, place => _before.Words[_shared[place].Before]);

    private static double Jaccard(int[] a, int[] b)
    {
        int both = a.Intersect(b).Count();
        return 1 - (double)both / (a.Length + b.Length - both);
    }
}
