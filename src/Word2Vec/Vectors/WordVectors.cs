using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Vectors;

/// <summary>
/// Words and their vectors, read-only: <see cref="Count"/> rows of <see cref="Size"/> floats. The rows lie in memory or in a mapped file,
/// in which case they are read when they are first used and the pages are shared between processes. Any number of threads may read at once.
/// </summary>
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

    /// <summary>The words; a word's id is its row.</summary>
    public WordIndex Words { get; }

    /// <summary>The number of words.</summary>
    public int Count => Words.Count;

    /// <summary>Components of each vector.</summary>
    public int Size { get; }

    /// <summary>How often each word stood in the corpus, in the order of their ids; null where nothing is known of it.</summary>
    public IReadOnlyList<long>? Counts { get; init; }

    /// <summary>What else is known of the vectors, such as how they were trained; names and values as the file has them.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// The output vectors of the same words, with which a training goes on; null where they were not kept. They end with this object.
    /// </summary>
    public WordVectors? OutputVectors { get; init; }

    /// <summary>
    /// One over the length of each vector, as <see cref="UnitScale"/> defines it, where the file has it; null: it is to be measured.
    /// </summary>
    internal float* UnitScales { get; init; }

    /// <summary>
    /// The vector of word <paramref name="id"/>: <see cref="Size"/> floats, as they were trained, not normalized. The span is valid while this
    /// object is in use (a mapped file goes away with it); <see cref="CopyRow"/> gives one to keep.
    /// </summary>
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

    /// <summary>The vector of <paramref name="word"/>, valid as long as that of <see cref="this[int]"/>.</summary>
    /// <exception cref="Word2VecException">The word is not in the vocabulary.</exception>
    public ReadOnlySpan<float> this[string word] => Words.TryGetId(word, out int id)
        ? this[id]
        : throw new Word2VecException(ErrorKind.UnknownWord, $"The word '{word}' is not among the {Count} words of these vectors.");

    /// <summary>Returns a copy of the vector of word <paramref name="id"/>.</summary>
    public float[] CopyRow(int id)
    {
        float[] row = this[id].ToArray();
        GC.KeepAlive(this);
        return row;
    }

    /// <summary>
    /// Returns these vectors at length 1, in memory of their own; one of zeros stays as it is. Words, counts and metadata come along, output
    /// vectors, which belong to the lengths, do not.
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

    /// <summary>Lets go of the file or the memory; the vectors must not be used afterwards.</summary>
    public void Dispose()
    {
        _disposed = true;
        OutputVectors?.Dispose();
        _owner?.Dispose();
    }

    /// <summary>Whether the rows lie in memory that is not the garbage collector's, a mapped file above all, and that this object owns.</summary>
    internal bool OwnsRows => _array is null;

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
