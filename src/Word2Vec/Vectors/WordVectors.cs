using System.Collections.ObjectModel;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Vectors;

/// <summary>
/// Words and their vectors, read-only: <see cref="Count"/> rows of <see cref="Size"/> floats. The rows lie in memory or in a mapped file,
/// in which case they are read when they are first used and the pages are shared between processes. Any number of threads may read at once.
/// </summary>
/// <remarks>
/// Rows end with <see cref="Dispose"/>, and so do the <see cref="Words"/> and <see cref="Counts"/> of a Word2Vec file (.w2v), which lie in the file:
/// all of them then throw <see cref="ObjectDisposedException"/>. Those of other formats are in memory and stay; strings and copies always do.
/// </remarks>
public sealed unsafe class WordVectors : IDisposable
{
    private readonly float[]? _array;
    // Row i begins _offsets[i] bytes behind _base, or i · _stride where there are no offsets.
    private readonly byte* _base;
    private readonly long[]? _offsets;
    private readonly long _stride;
    private readonly IDisposable? _owner;
    private bool _disposed;

    /// <summary>Takes <paramref name="rows"/>, one row after another without gaps, as the vectors of <paramref name="words"/>.</summary>
    public WordVectors(WordIndex words, int size, float[] rows)
    {
        if (rows.LongLength != (long)words.Count * size)
            throw new ArgumentException($"{words.Count} words × {size} components need {(long)words.Count * size} floats; there are " +
                $"{rows.LongLength}.", nameof(rows));
        (Words, Size, _array) = (words, size, rows);
    }

    /// <summary>
    /// Takes rows that begin at the byte <paramref name="offsets"/>[id] behind <paramref name="start"/>; <paramref name="owner"/> keeps
    /// them alive; null: the caller does.
    /// </summary>
    internal WordVectors(WordIndex words, int size, byte* start, long[] offsets, IDisposable? owner)
    {
        _base = start;
        (Words, Size, _offsets, _owner) = (words, size, offsets, owner);
    }

    /// <summary>
    /// Takes rows each of which begins <paramref name="stride"/> bytes behind the one before, the first at <paramref name="start"/>;
    /// <paramref name="owner"/> keeps them alive; null: the caller does.
    /// </summary>
    internal WordVectors(WordIndex words, int size, void* start, long stride, IDisposable? owner)
    {
        _base = (byte*)start;
        (Words, Size, _stride, _owner) = (words, size, stride, owner);
    }

    /// <summary>The words; a word's id is its row. Those of a Word2Vec file (.w2v) end with this object.</summary>
    /// <exception cref="ObjectDisposedException">From the members of those words: this object was disposed.</exception>
    public WordIndex Words { get; }

    /// <summary>The number of words.</summary>
    public int Count => Words.Count;

    /// <summary>Components of each vector.</summary>
    public int Size { get; }

    /// <summary>
    /// How often each word stood in the corpus, in the order of their ids; null where nothing is known of it. Those of a Word2Vec file (.w2v) end with
    /// this object.
    /// </summary>
    /// <exception cref="ObjectDisposedException">From the members of those counts: this object was disposed.</exception>
    public IReadOnlyList<long>? Counts { get; init; }

    /// <summary>What else is known of the vectors, such as how they were trained; names and values as the file has them.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// The output vectors of the same words, with which a training goes on; null where they were not kept. They end with this object.
    /// </summary>
    public WordVectors? OutputVectors { get; init; }

    /// <summary>
    /// The rows of words and n-grams that these vectors are means of, with which words that were never seen have vectors too; null where words have no
    /// subwords or where only their means are known. They end with this object.
    /// </summary>
    public SubwordVectors? Subwords { get; init; }

    /// <summary>
    /// One over the length of each vector, as <see cref="UnitScale"/> defines it, where the file has it; null: it is to be measured.
    /// </summary>
    internal float* UnitScales { get; init; }

    /// <summary>
    /// The vector of word <paramref name="id"/>: <see cref="Size"/> floats, as they were trained, not normalized. The span is valid while this
    /// object is in use (a mapped file goes away with it); <see cref="CopyRow"/> gives one to keep.
    /// </summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public ReadOnlySpan<float> this[int id]
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)Count, nameof(id));
            if (_array is not null)
                return _array.AsSpan((int)((long)id * Size), Size);
            return new ReadOnlySpan<float>(_base + (_offsets is null ? id * _stride : _offsets[id]), Size);
        }
    }

    /// <summary>
    /// The vector of <paramref name="word"/>, valid as long as that of <see cref="this[int]"/>; of a word that is not in the vocabulary that of its n-grams,
    /// where there are <see cref="Subwords"/>.
    /// </summary>
    /// <exception cref="Word2VecException">The word is not in the vocabulary and has no n-grams (<see cref="ErrorKind.UnknownWord"/>).</exception>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public ReadOnlySpan<float> this[string word] => TryGetVector(word, out ReadOnlySpan<float> vector)
        ? vector
        : throw new Word2VecException(ErrorKind.UnknownWord, $"The word '{word}' is not among the {Count} words of these vectors.");

    /// <summary>Whether <paramref name="word"/> is in the vocabulary, spelt as it is.</summary>
    public bool Contains(string word) => Words.TryGetId(word, out _);

    /// <summary>Finds the vector of <paramref name="word"/>, as <see cref="this[string]"/> does; false, and an empty one, if it has none.</summary>
    public bool TryGetVector(string word, out ReadOnlySpan<float> vector) => TryGetVector(Encoding.UTF8.GetBytes(word), out vector);

    /// <summary>The same for a word's bytes.</summary>
    internal bool TryGetVector(ReadOnlySpan<byte> word, out ReadOnlySpan<float> vector)
    {
        vector = default;
        if (Words.TryGetId(word, out int id))
        {
            vector = this[id];
            return true;
        }

        float[] composed = Subwords is null ? [] : new float[Size];
        if (Subwords?.TryGetVector(word, composed) != true)
            return false;
        vector = composed;
        return true;
    }

    /// <summary>
    /// Returns the mean of the vectors of <paramref name="words"/>, each at length 1 before, as gensim's get_mean_vector does: words that have none
    /// are passed over, one that stands there twice counts twice, and without any the mean is 0. It is not brought to length 1.
    /// </summary>
    /// <param name="weights">
    /// What each vector is multiplied by, one for each word; the sum is divided by that of their absolute values. Null: 1 for each.
    /// </param>
    /// <exception cref="Word2VecException">There are no words, or not as many weights (<see cref="ErrorKind.Usage"/>).</exception>
    public float[] Mean(IReadOnlyList<string> words, IReadOnlyList<float>? weights = null)
    {
        if (words.Count == 0 || (weights is not null && weights.Count != words.Count))
            throw new Word2VecException(ErrorKind.Usage, $"The mean of {words.Count} words with {weights?.Count ?? words.Count} weights was asked for; " +
                "give one word or more, and a weight for each or none.");
        var mean = new float[Size];
        double total = 0;
        for (int i = 0; i < words.Count; i++)
        {
            if (!TryGetVector(words[i], out ReadOnlySpan<float> vector))
                continue;
            float[] unit = vector.ToArray();
            VectorMath.Normalize(unit);
            VectorMath.AddScaled(mean, weights?[i] ?? 1, unit);
            total += Math.Abs(weights?[i] ?? 1);
        }

        if (total > 0)
            TensorPrimitives.Divide(mean, (float)total, mean);
        return mean;
    }

    /// <summary>Returns a copy of the vector of word <paramref name="id"/>.</summary>
    public float[] CopyRow(int id)
    {
        float[] row = this[id].ToArray();
        GC.KeepAlive(this);
        return row;
    }

    /// <summary>
    /// Returns copies of the vectors of <paramref name="count"/> words from <paramref name="start"/> on, one after another without gaps: a matrix for
    /// other libraries.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many words, or an array cannot hold so many components.</exception>
    public float[] CopyRows(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + count, Count, nameof(count));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)count * Size, Array.MaxLength, nameof(count));
        float[] rows = GC.AllocateUninitializedArray<float>(count * Size);
        for (int i = 0; i < count; i++)
            this[start + i].CopyTo(rows.AsSpan(i * Size));
        GC.KeepAlive(this);
        return rows;
    }

    /// <summary>
    /// Returns these vectors at length 1, in memory of their own; one of zeros stays as it is. Words, counts and metadata come along, output
    /// vectors and subwords, which belong to the lengths, do not.
    /// </summary>
    public WordVectors Normalized()
    {
        var rows = new NativeBuffer<float>((long)Count * Size);
        for (int id = 0; id < Count; id++)
        {
            var unit = new Span<float>(rows.First + (long)id * Size, Size);
            this[id].CopyTo(unit);
            VectorMath.Normalize(unit);
        }

        GC.KeepAlive(this);
        return new WordVectors(Words.InMemory(), Size, rows.First, (long)Size * sizeof(float), rows) { Counts = Counts?.ToArray(), Metadata = Metadata };
    }

    /// <summary>Lists the words in the order of their ids, for display (see <see cref="WordIndex"/>).</summary>
    public IEnumerable<string> EnumerateWords()
    {
        for (int id = 0; id < Count; id++)
            yield return Words[id];
    }

    /// <summary>
    /// Lets go of the file or the memory, of <see cref="OutputVectors"/> and of <see cref="Subwords"/>. Spans of rows must not be used afterwards; members that need what is
    /// gone throw <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        _disposed = true;
        OutputVectors?.Dispose();
        Subwords?.Dispose();
        _owner?.Dispose();
    }

    /// <summary>Whether the rows lie in memory that is not the garbage collector's, a mapped file above all, and that this object owns.</summary>
    internal bool OwnsRows => _array is null;

    /// <summary>
    /// Bytes of memory that words, counts and rows take, with those of <see cref="OutputVectors"/>; what lies in a mapped file, which the system can drop from
    /// memory, is not among them.
    /// </summary>
    internal long HeldBytes => HeldRows + (OutputVectors?.HeldRows ?? 0) + Words.HeldBytes + (Counts is null || Words.HeldBytes == 0 ? 0 : (long)Count * sizeof(long));

    /// <summary>Bytes of the rows that lie in a mapped file, and so in memory only while nothing else needs it, with those of <see cref="OutputVectors"/>.</summary>
    internal long MappedBytes => MappedRows + (OutputVectors?.MappedRows ?? 0);

    private long HeldRows => (_array?.LongLength * sizeof(float) ?? 0) + (_offsets?.LongLength * sizeof(long) ?? 0) + ((_owner as IHeldMemory)?.HeldBytes ?? 0);

    private long MappedRows => _array is null && _owner is not IHeldMemory { HeldBytes: > 0 } ? (long)Count * Size * sizeof(float) : 0;

    /// <summary>Gives the addresses of the rows until the result is disposed.</summary>
    internal PinnedRows PinRows()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new PinnedRows(this);
    }

    /// <summary>The rows at fixed addresses; a row need not be aligned to its floats.</summary>
    internal sealed class PinnedRows : IDisposable
    {
        private readonly WordVectors _vectors;
        private readonly long[]? _offsets;
        private readonly byte* _base;
        private readonly long _stride;
        private GCHandle _pin;

        public PinnedRows(WordVectors vectors)
        {
            _base = vectors._base;
            (_vectors, _offsets, _stride) = (vectors, vectors._offsets, vectors._stride);
            if (vectors._array is null)
                return;
            _stride = (long)vectors.Size * sizeof(float);
            _pin = GCHandle.Alloc(vectors._array, GCHandleType.Pinned);
            _base = (byte*)_pin.AddrOfPinnedObject();
        }

        /// <summary>The address of row <paramref name="id"/>, which is not checked.</summary>
        public float* this[int id] => (float*)(_base + (_offsets is null ? id * _stride : _offsets[id]));

        public void Dispose()
        {
            if (_pin.IsAllocated)
                _pin.Free();
            GC.KeepAlive(_vectors);
        }
    }
}
