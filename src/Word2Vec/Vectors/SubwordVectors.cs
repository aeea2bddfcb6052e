using System.Numerics.Tensors;
using System.Text;
using Word2Vec.Words;

namespace Word2Vec.Vectors;

/// <summary>
/// What vectors with subwords are made of: a row for each word and one for each bucket of n-grams. A word's vector is the mean of its own row and
/// those of its n-grams; a word that was never seen has the latter. Any number of threads may ask at once.
/// </summary>
/// <remarks>
/// Source: Bojanowski et al. 2017, "Enriching Word Vectors with Subword Information"; means as fastText's get_word_vector gives them. It ends with the
/// <see cref="WordVectors"/> that it belongs to.
/// </remarks>
public sealed unsafe class SubwordVectors : IDisposable
{
    private readonly byte* _words;
    private readonly byte* _buckets;
    private readonly long _stride;
    private readonly Ngrams _ngrams;
    private readonly IDisposable? _owner;
    private bool _disposed;

    /// <summary>
    /// Takes rows that lie <paramref name="stride"/> bytes apart: those of <paramref name="words"/> at <paramref name="wordRows"/>, those of the buckets
    /// at <paramref name="bucketRows"/>. <paramref name="owner"/> keeps them alive; null: the caller does.
    /// </summary>
    internal SubwordVectors(WordIndex words, Ngrams ngrams, int size, void* wordRows, void* bucketRows, long stride, IDisposable? owner)
    {
        _words = (byte*)wordRows;
        _buckets = (byte*)bucketRows;
        (Words, Size, _ngrams, _stride, _owner) = (words, size, ngrams, stride, owner);
    }

    /// <summary>Characters of the shortest n-gram; the marks of a word's begin and end count.</summary>
    public int ShortestNgram => _ngrams.Shortest;

    /// <summary>Characters of the longest n-gram; the marks of a word's begin and end count.</summary>
    public int LongestNgram => _ngrams.Longest;

    /// <summary>Rows that the n-grams share.</summary>
    public int Buckets => _ngrams.Buckets;

    /// <summary>Components of each row.</summary>
    public int Size { get; }

    /// <summary>The words that have a row of their own.</summary>
    internal WordIndex Words { get; }

    /// <summary>Which n-grams a word has.</summary>
    internal Ngrams Ngrams => _ngrams;

    /// <summary>Returns the vector of any word: <see cref="Size"/> floats, not normalized.</summary>
    /// <inheritdoc cref="Vector(string, Span{float})"/>
    public float[] Vector(string word)
    {
        var vector = new float[Size];
        Vector(word, vector);
        return vector;
    }

    /// <summary>Puts the vector of any word into <paramref name="vector"/>, which has <see cref="Size"/> components.</summary>
    /// <exception cref="Word2VecException">The word is neither known nor long enough for an n-gram (<see cref="ErrorKind.UnknownWord"/>).</exception>
    /// <exception cref="Word2VecException">A row of its n-grams is not finite (<see cref="ErrorKind.Format"/>).</exception>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public void Vector(string word, Span<float> vector)
    {
        if (!TryGetVector(Encoding.UTF8.GetBytes(word), vector))
            throw new Word2VecException(ErrorKind.UnknownWord, $"The word '{word}' is not among the {Words.Count} words of these vectors, and "
                + $"none of its n-grams of {ShortestNgram} to {LongestNgram} characters can stand for it: it is too short or longer than "
                + $"{Ngrams.LongestWord} bytes.");
    }

    /// <summary>The same for a word's bytes; false, and a vector of zeros, where it is not known and has no n-gram.</summary>
    internal bool TryGetVector(ReadOnlySpan<byte> word, Span<float> vector)
    {
        int own = Words.TryGetId(word, out int id) ? id : -1;
        bool isThere = Mean(word, own, [], vector) > 0;
        // Of a mapped file only the rows of known words were looked at.
        if (!TensorPrimitives.IsFiniteAll<float>(vector))
            throw new Word2VecException(ErrorKind.Format, $"The n-grams of the word '{Encoding.UTF8.GetString(word)}' have a row with a component that is "
                + "infinite, not a number or too large; the file is damaged, or its training failed.");
        return isThere;
    }

    /// <summary>Puts the vector of word <paramref name="id"/> into <paramref name="vector"/>; <paramref name="buckets"/> is a list to use.</summary>
    internal void Mean(int id, List<int> buckets, Span<float> vector) => Mean(Words.Bytes(id), id, buckets, vector);

    /// <summary>The vectors of all words, one after another without gaps, on all processors.</summary>
    internal NativeBuffer<float> Means()
    {
        var means = new NativeBuffer<float>((long)Words.Count * Size);
        Parallel.For(0, Words.Count, () => new List<int>(), (id, _, buckets) =>
        {
            Mean(id, buckets, new Span<float>(means.First + (long)id * Size, Size));
            return buckets;
        }, _ => { });
        return means;
    }

    /// <summary>The row of word <paramref name="id"/> by itself.</summary>
    internal ReadOnlySpan<float> WordRow(int id)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)Words.Count, nameof(id));
        return Row(_words, id);
    }

    /// <summary>The row of <paramref name="bucket"/>.</summary>
    internal ReadOnlySpan<float> BucketRow(int bucket)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)bucket, (uint)Buckets, nameof(bucket));
        return Row(_buckets, bucket);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _owner?.Dispose();
    }

    // In fastText's order and precision: a sum from 0 on in 32 bits, then one product with the reciprocal.
    private int Mean(ReadOnlySpan<byte> word, int own, List<int> buckets, Span<float> mean)
    {
        buckets.Clear();
        if (word.Length <= Ngrams.LongestWord)
            _ngrams.AddBuckets(word, buckets);
        mean.Clear();
        if (own >= 0)
            TensorPrimitives.Add(mean, WordRow(own), mean);
        foreach (int bucket in buckets)
            TensorPrimitives.Add(mean, BucketRow(bucket), mean);
        int rows = buckets.Count + (own >= 0 ? 1 : 0);
        if (rows > 0)
            TensorPrimitives.Multiply(mean, (float)(1.0 / rows), mean);
        GC.KeepAlive(this);
        return rows;
    }

    private ReadOnlySpan<float> Row(byte* first, long row)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new ReadOnlySpan<float>(first + row * _stride, Size);
    }
}
