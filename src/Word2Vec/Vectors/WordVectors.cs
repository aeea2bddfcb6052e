using System.Runtime.InteropServices;
using Word2Vec.Words;

namespace Word2Vec.Vectors;

/// <summary>
/// Words and their vectors, read-only: <see cref="Count"/> rows of <see cref="Size"/> floats. The rows lie in memory or in a mapped file, in which
/// case they are read when they are first used and the pages are shared between processes.
/// </summary>
public sealed unsafe class WordVectors : IDisposable
{
    private readonly float[]? _array;
    private readonly byte* _base;
    private readonly long[]? _offsets;
    private readonly IDisposable? _owner;
    private readonly GCHandle _pin;

    /// <summary>Takes <paramref name="rows"/>, one row after another without gaps, as the vectors of <paramref name="words"/>.</summary>
    public WordVectors(WordIndex words, int size, float[] rows)
    {
        if (rows.LongLength != (long)words.Count * size)
            throw new ArgumentException($"{words.Count} words × {size} components need {(long)words.Count * size} floats; there are {rows.LongLength}.", nameof(rows));
        (Words, Size, _array) = (words, size, rows);
        _pin = GCHandle.Alloc(rows, GCHandleType.Pinned);
        _base = (byte*)_pin.AddrOfPinnedObject();
    }

    /// <summary>Takes rows that begin at the byte <paramref name="offsets"/>[id] behind <paramref name="start"/>; <paramref name="owner"/> keeps them alive.</summary>
    internal WordVectors(WordIndex words, int size, byte* start, long[] offsets, IDisposable owner)
    {
        _base = start;
        (Words, Size, _offsets, _owner) = (words, size, offsets, owner);
    }

    /// <summary>The words; a word's id is its row.</summary>
    public WordIndex Words { get; }

    /// <summary>The number of words.</summary>
    public int Count => Words.Count;

    /// <summary>Components of each vector.</summary>
    public int Size { get; }

    /// <summary>The vector of word <paramref name="id"/>: <see cref="Size"/> floats, as they were trained, not normalized.</summary>
    public ReadOnlySpan<float> this[int id]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)Count);
            return new ReadOnlySpan<float>(_base + (_offsets is null ? (long)id * Size * sizeof(float) : _offsets[id]), Size);
        }
    }

    /// <summary>The vector of <paramref name="word"/>.</summary>
    /// <exception cref="Word2VecException">The word is not in the vocabulary.</exception>
    public ReadOnlySpan<float> this[string word] => Words.TryGetId(word, out int id)
        ? this[id]
        : throw new Word2VecException(ErrorKind.UnknownWord, $"The word '{word}' is not among the {Count} words of these vectors.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _owner?.Dispose();
        if (_pin.IsAllocated)
            _pin.Free();
    }
}
