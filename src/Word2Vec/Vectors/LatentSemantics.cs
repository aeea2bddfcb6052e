using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Vectors;

/// <summary>How <see cref="LatentSemantics"/> learns.</summary>
public sealed record LatentSemanticsOptions
{
    /// <summary>Components of each vector. Default: 100.</summary>
    public int Size { get; init; } = 100;

    /// <summary>Leaves out words that fewer texts hold. Default: 1.</summary>
    public int MinimumCount { get; init; } = 1;

    /// <summary>How a text becomes words. Default: <see cref="TokenizerKind.Text"/>.</summary>
    public TokenizerKind Tokenizer { get; init; } = TokenizerKind.Text;

    /// <summary>How often the random start is multiplied with the matrix and back; more is more exact. Default: 5.</summary>
    public int Iterations { get; init; } = 5;

    /// <summary>What the random start is derived from. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Throws if an option is out of its range.</summary>
    /// <exception cref="Word2VecException">The message names the option, its value and the range.</exception>
    public void Validate()
    {
        OptionCheck.Range(nameof(Size), Size, 1, 4096);
        OptionCheck.Range(nameof(MinimumCount), MinimumCount, 1, int.MaxValue);
        OptionCheck.Range(nameof(Iterations), Iterations, 0, 100);
    }
}

/// <summary>
/// Latent semantic analysis (Deerwester et al., Indexing by latent semantic analysis, JASIS 1990): word vectors from which words stand in the
/// same texts, without a training. The matrix of texts and words, weighted as <see cref="TextMethod.Lsa"/> says, is cut to its greatest
/// singular values. The classical baseline for documents.
/// </summary>
public static class LatentSemantics
{

    /// <summary>
    /// Learns vectors of the words of <paramref name="texts"/>, which are gone through once; a number and eight bytes for each different word of
    /// each text are in memory. Their counts are how many texts hold them, which is what <see cref="TextMethod.Lsa"/> takes.
    /// </summary>
    /// <param name="progress">Hears, on the calling thread, of the stage <c>passes</c> over the matrix, which begin when all texts are read.</param>
    /// <exception cref="Word2VecException">An option is out of its range, or there are fewer texts or words than components.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LatentVectors Learn(
        IEnumerable<string> texts, LatentSemanticsOptions? options = null, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new LatentSemanticsOptions();
        options.Validate();
        var table = new TermTable();
        var matrix = new TermCounts();
        var tokenizer = new Tokenizer(options.Tokenizer);
        var ids = new List<int>();
        foreach (string text in texts)
        {
            cancellation.ThrowIfCancellationRequested();
            ids.Clear();
            tokenizer.AddTo(table, text, ids);
            matrix.Add(CollectionsMarshal.AsSpan(ids));
        }

        return Learn(table, matrix, options, progress, cancellation);
    }

    private static LatentVectors Learn(
        TermTable table, TermCounts matrix, LatentSemanticsOptions options, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        long[] counts = matrix.TextsWith(table.Count);
        int[] kept = [.. Enumerable.Range(0, table.Count).Where(id => counts[id] >= options.MinimumCount).OrderByDescending(id => counts[id])];
        if (options.Size > Math.Min(kept.Length, matrix.Texts))
            throw new Word2VecException(ErrorKind.Usage, $"Vectors of {options.Size} components cannot be learned from {matrix.Texts} texts with " +
                $"{kept.Length} different words; give more texts, or a size of {Math.Min(kept.Length, matrix.Texts)} or less.");
        var words = new WordIndex.Builder();
        foreach (int id in kept)
            words.Add(table[id]);
        long[] textsWith = Array.ConvertAll(kept, id => counts[id]);
        double[] weights = Array.ConvertAll(textsWith, count => Math.Log((1.0 + matrix.Texts) / (1 + count)) + 1);
        SparseMatrix weighted = matrix.Weighted(kept, table.Count, weights);
        (float[] values, float[] columns) = TruncatedSvd.Of(
            weighted, options.Size, options.Iterations, options.Seed, (done, total) => progress?.Report(new StageProgress("passes", done, total)), cancellation);
        double all = weighted.Values.Sum(value => (double)value * value), found = values.Sum(value => (double)value * value);
        var vectors = new WordVectors(words.Build(), options.Size, columns) { Counts = textsWith };
        var frequencies = new WordFrequencies(textsWith, matrix.Texts);
        var embedding = new TextEmbeddingOptions { Method = TextMethod.Lsa, Tokenizer = options.Tokenizer };
        return new LatentVectors(new TextEmbedder(vectors, embedding, frequencies), values, all > 0 ? found / all : 0);
    }
}

/// <summary>What latent semantic analysis found.</summary>
/// <param name="Embedder">Embeds texts; its vectors are those of the words.</param>
/// <param name="SingularValues">The greatest singular values, one for each component, the greatest first.</param>
/// <param name="Share">The part of the matrix's sum of squares that they make up, 0 to 1.</param>
public sealed record LatentVectors(TextEmbedder Embedder, IReadOnlyList<float> SingularValues, double Share);
