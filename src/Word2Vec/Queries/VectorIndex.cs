using System.Runtime.Intrinsics;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Queries;

/// <summary>A word with its cosine similarity to what was asked for.</summary>
public readonly record struct Neighbor(int Id, string Word, float Similarity);

/// <summary>
/// Exact cosine search over word vectors: every vector is looked at, in batches that share the reading of the rows. Questions mean what
/// they mean in gensim's KeyedVectors. The rows are not copied; the index takes four bytes a word. Any number of threads may ask at once.
/// </summary>
/// <remarks>
/// A word is looked up as it is spelt. A vector of zeros has the similarity 0 to everything. Of equal similarities the lower id, which is
/// the more frequent word, comes first. A word that is not there has the vector of its n-grams where the vectors have subwords
/// (<see cref="WordVectors.Subwords"/>); otherwise a method that gets one throws <see cref="ErrorKind.UnknownWord"/> with the nearest spellings.
/// </remarks>
public sealed class VectorIndex
{
    private const int LargestBatch = 1024;
    // Hits that a batch keeps in each thread: 64 MB of them.
    private const int LargestHeaps = 1 << 23;

    private readonly UnitScales _scales;
    private readonly int _lanes;

    /// <summary>
    /// Measures <paramref name="vectors"/> once, where their file does not say their lengths; <paramref name="restrict"/> takes only the first words as answers (0: all).
    /// </summary>
    /// <exception cref="OperationCanceledException">The measuring was cancelled.</exception>
    public VectorIndex(WordVectors vectors, int restrict = 0, CancellationToken cancellation = default)
        : this(vectors, restrict, SimdWidth.Best, cancellation)
    {
    }

    /// <summary>The same with registers of <paramref name="lanes"/> floats: 16, 8 or 4.</summary>
    internal VectorIndex(WordVectors vectors, int restrict, int lanes, CancellationToken cancellation = default)
    {
        OptionCheck.Range(nameof(restrict), restrict, 0, int.MaxValue);
        (Vectors, _lanes) = (vectors, lanes);
        int count = restrict == 0 ? vectors.Count : Math.Min(restrict, vectors.Count);
        _scales = UnitScales.Of(vectors, count) ?? Measure(vectors, count, lanes, cancellation);
    }

    /// <summary>The vectors that are searched.</summary>
    public WordVectors Vectors { get; }

    /// <summary>The most threads that a search takes; all processors by default. The answers do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The words most similar to the sum of the unit vectors of <paramref name="positive"/> less those of <paramref name="negative"/>;
    /// these words are left out.
    /// </summary>
    public IReadOnlyList<Neighbor> MostSimilar(IReadOnlyList<string> positive, IReadOnlyList<string>? negative = null, int count = 10)
    {
        negative ??= [];
        if (positive.Count + negative.Count == 0)
            throw new Word2VecException(ErrorKind.Usage, "There is no word to find similar ones for; give one or more.");
        var query = new float[Vectors.Size];
        var asked = new List<int>();
        AddUnits(query, positive, 1, asked);
        AddUnits(query, negative, -1, asked);
        return Nearest(query, count, [asked])[0];
    }

    /// <summary>
    /// The words most similar to each of <paramref name="words"/>, in one batch: what <see cref="MostSimilar"/> answers for each alone.
    /// </summary>
    /// <param name="cancellation">Looked at after every few hundred rows.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; there is no result then.</exception>
    public IReadOnlyList<IReadOnlyList<Neighbor>> MostSimilarBatch(
        IReadOnlyList<string> words, int count = 10, CancellationToken cancellation = default)
    {
        // All are looked up before the first is searched for, so that a misspelt one costs no time.
        float[][] vectors = [.. words.Select(word => VectorOf(word, out _))];
        int[][] known = [.. words.Select(word => Vectors.Words.TryGetId(word, out int id) ? [id] : (int[])[])];
        return [.. Enumerable.Range(0, words.Count).Chunk(LargestBatch).SelectMany(chunk =>
            Nearest([.. chunk.SelectMany(i => vectors[i])], count, Array.ConvertAll(chunk, i => known[i]), cancellation))];
    }

    /// <summary>
    /// What is to <paramref name="c"/> as <paramref name="b"/> is to <paramref name="a"/> (3CosAdd: nearest to b − a + c).
    /// </summary>
    public IReadOnlyList<Neighbor> Analogy(string a, string b, string c, int count = 10) => MostSimilar([b, c], [a], count);

    /// <summary>The cosine of two words, −1 … 1.</summary>
    public float Similarity(string a, string b) => PlainVectorMath.Cosine(VectorOf(a, out _), VectorOf(b, out _));

    /// <summary>
    /// The cosine of the means of two lists of words, −1 … 1; gensim's n_similarity, with vectors as long as they are. A word that is not there is an
    /// error, as everywhere in this class; gensim passes over it.
    /// </summary>
    public float Similarity(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        if (a.Count == 0 || b.Count == 0)
            throw new Word2VecException(ErrorKind.Usage, $"{a.Count} words were to be compared with {b.Count}; give one or more for each.");
        return PlainVectorMath.Cosine(Sum(a), Sum(b));
    }

    /// <summary>
    /// The word that is least similar to the mean of the unit vectors of all <paramref name="words"/>, of which there are at least three.
    /// </summary>
    public string DoesNotMatch(IReadOnlyList<string> words)
    {
        if (words.Count < 3)
            throw new Word2VecException(ErrorKind.Usage, $"The odd one out was asked for among {words.Count} words; give three or more.");
        var mean = new float[Vectors.Size];
        float[][] vectors = [.. words.Select(word => VectorOf(word, out _))];
        foreach (float[] vector in vectors)
            AddUnit(mean, 1, [.. vector]);
        float[] similarities = [.. vectors.Select(vector => PlainVectorMath.Cosine(mean, vector))];
        return words[Array.IndexOf(similarities, similarities.Min())];
    }

    /// <summary>
    /// The words most similar to any vectors: <paramref name="queries"/> holds them one after another, <see cref="WordVectors.Size"/>
    /// floats each, of any length. For each the ids of <paramref name="excluded"/> are left out, if it is given.
    /// </summary>
    /// <param name="cancellation">Looked at after every few hundred rows.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; there is no result then.</exception>
    public IReadOnlyList<IReadOnlyList<Neighbor>> Nearest(
        ReadOnlySpan<float> queries, int count = 10, IReadOnlyList<IReadOnlyList<int>>? excluded = null, CancellationToken cancellation = default)
    {
        Hit[][] found = Search(queries, count, excluded, cancellation);
        return Array.ConvertAll(found, hits => Array.ConvertAll(hits, hit => new Neighbor(hit.Id, Vectors.Words[hit.Id], hit.Score)));
    }

    /// <summary>Does the work of <see cref="Nearest"/> without the words.</summary>
    internal Hit[][] Search(
        ReadOnlySpan<float> queries, int count, IReadOnlyList<IReadOnlyList<int>>? excluded, CancellationToken cancellation = default)
    {
        OptionCheck.Range(nameof(count), count, 1, int.MaxValue);
        int size = Vectors.Size, total = queries.Length / size;
        if (queries.Length % size != 0 || (excluded is not null && excluded.Count != total))
            throw new ArgumentException($"{queries.Length} floats are not queries of {size} components, or there are not as many lists " +
                "of excluded words.", nameof(queries));
        int mostExcluded = excluded is null || total == 0 ? 0 : excluded.Max(ids => ids.Count);
        int capacity = (int)Math.Min((long)count + mostExcluded, _scales.Count);
        int batch = Math.Clamp(LargestHeaps / Math.Max(1, capacity), 1, LargestBatch);
        var results = new Hit[total][];
        using WordVectors.PinnedRows rows = Vectors.PinRows();
        for (int start = 0; start < total; start += batch)
        {
            int length = Math.Min(batch, total - start);
            float[] unit = GC.AllocateUninitializedArray<float>(length * size, pinned: true);
            queries.Slice(start * size, length * size).CopyTo(unit);
            for (int i = 0; i < length; i++)
                VectorMath.Normalize(unit.AsSpan(i * size, size));
            Hit[][] found = SearchUnits(rows, unit, capacity, cancellation);
            for (int i = 0; i < length; i++)
                results[start + i] = Finish(found[i], count, excluded?[start + i]);
        }

        return results;
    }

    /// <summary>The number of rows that may be answers.</summary>
    internal int Count => _scales.Count;

    /// <summary>
    /// The best rows for each of the rows <paramref name="ids"/>, at most <paramref name="capacity"/>, from about <paramref name="firstRow"/> on,
    /// with a cosine above <paramref name="floor"/>; a row finds itself.
    /// </summary>
    internal Hit[][] SearchAbove(int[] ids, int firstRow, int capacity, float floor)
    {
        capacity = Math.Min(capacity, Count);
        int batch = Math.Clamp(LargestHeaps / capacity, 1, LargestBatch);
        using WordVectors.PinnedRows rows = Vectors.PinRows();
        return [.. ids.Chunk(batch).SelectMany(chunk =>
        {
            float[] unit = GC.AllocateUninitializedArray<float>(chunk.Length * Vectors.Size, pinned: true);
            RowsOf(chunk).CopyTo(unit, 0);
            for (int i = 0; i < chunk.Length; i++)
                VectorMath.Normalize(unit.AsSpan(i * Vectors.Size, Vectors.Size));
            return SearchUnits(rows, unit, capacity, CancellationToken.None, firstRow, floor);
        })];
    }

    /// <summary>Adds <paramref name="weight"/> times the unit vector of word <paramref name="id"/> to <paramref name="target"/>.</summary>
    internal void AddUnit(Span<float> target, float weight, int id) => AddUnit(target, weight, Vectors.CopyRow(id));

    /// <summary>The same for any vector, which is brought to length 1 where it is.</summary>
    internal static void AddUnit(Span<float> target, float weight, float[] vector)
    {
        VectorMath.Normalize(vector);
        VectorMath.AddScaled(target, weight, vector);
    }

    private static UnitScales Measure(WordVectors vectors, int count, int lanes, CancellationToken cancellation)
    {
        using WordVectors.PinnedRows rows = vectors.PinRows();
        return lanes switch
        {
            16 => UnitScales.Measure<Vector512<float>, Lanes512>(rows, vectors.Size, count, cancellation),
            8 => UnitScales.Measure<Vector256<float>, Lanes256>(rows, vectors.Size, count, cancellation),
            _ => UnitScales.Measure<Vector128<float>, Lanes128>(rows, vectors.Size, count, cancellation),
        };
    }

    private Hit[][] SearchUnits(
        WordVectors.PinnedRows rows, float[] unit, int capacity, CancellationToken cancellation, int firstRow = 0, float floor = float.NegativeInfinity)
    {
        int size = Vectors.Size;
        return _lanes switch
        {
            16 => new RowSearch<Vector512<float>, Lanes512, ByteLanes512>(rows, _scales, size, unit, capacity, firstRow, floor).Run(Threads, cancellation),
            8 => new RowSearch<Vector256<float>, Lanes256, ByteLanes256>(rows, _scales, size, unit, capacity, firstRow, floor).Run(Threads, cancellation),
            _ => new RowSearch<Vector128<float>, Lanes128, ByteLanes128>(rows, _scales, size, unit, capacity, firstRow, floor).Run(Threads, cancellation),
        };
    }

    // Rounding may lift a cosine above 1, and zeros times a negative number are −0, which would be shown with its sign.
    private static Hit[] Finish(Hit[] found, int count, IReadOnlyList<int>? excluded)
    {
        IEnumerable<Hit> wanted = found.Where(hit => excluded is null || !excluded.Contains(hit.Id)).Take(count);
        return [.. wanted.Select(hit => hit with { Score = Math.Clamp(hit.Score, -1, 1) + 0f })];
    }

    private float[] RowsOf(int[] ids)
    {
        var rows = new float[ids.Length * Vectors.Size];
        for (int i = 0; i < ids.Length; i++)
            Vectors[ids[i]].CopyTo(rows.AsSpan(i * Vectors.Size));
        GC.KeepAlive(Vectors);
        return rows;
    }

    // As long as it is; the mean would have the same direction.
    private float[] Sum(IReadOnlyList<string> words)
    {
        var sum = new float[Vectors.Size];
        foreach (string word in words)
            VectorMath.AddScaled(sum, 1, VectorOf(word, out _));
        return sum;
    }

    private void AddUnits(Span<float> target, IReadOnlyList<string> words, float weight, List<int> ids)
    {
        foreach (string word in words)
        {
            AddUnit(target, weight, VectorOf(word, out int? id));
            if (id is { } known)
                ids.Add(known);
        }
    }

    // A copy; without an id where it was put together from n-grams.
    private float[] VectorOf(string word, out int? id)
    {
        id = Vectors.Words.TryGetId(word, out int known) ? known : null;
        if (id is not null)
            return Vectors.CopyRow(known);
        if (Vectors.TryGetVector(word, out ReadOnlySpan<float> vector))
            return vector.ToArray();
        IReadOnlyList<string> near = Spelling.Nearest(Vectors.Words, word);
        string advice = near.Count == 0 ? "No word is spelt like it." : $"Did you mean '{string.Join("' or '", near)}'?";
        throw new Word2VecException(
            ErrorKind.UnknownWord, $"The word '{word}' is not among the {Vectors.Count} words of these vectors. {advice}");
    }
}
