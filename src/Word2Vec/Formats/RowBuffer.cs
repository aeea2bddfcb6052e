using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>
/// Words and rows that a reader collects in memory because the file does not hold them as floats in a row. A row is added when the file was
/// seen to hold it, so that the memory is bounded by the file's length.
/// </summary>
internal sealed unsafe class RowBuffer(int size) : IDisposable
{
    private readonly WordIndex.Builder _words = new();
    private NativeBuffer<float>? _rows = new(size);
    private long _wordBytes;

    /// <summary>The number of rows so far.</summary>
    public int Count => _words.Count;

    /// <summary>Components of each row.</summary>
    public int Size => size;

    /// <summary>Whether a word of <paramref name="length"/> bytes more can be held.</summary>
    public bool HasRoom(long length) => _wordBytes + length <= Array.MaxLength && Count < Array.MaxLength;

    /// <summary>Appends a word; returns its row, to be filled before the next call.</summary>
    public Span<float> Add(ReadOnlySpan<byte> word)
    {
        ObjectDisposedException.ThrowIf(_rows is null, this);
        _rows.Reserve((Count + 1L) * size);
        _wordBytes += word.Length;
        _words.Add(word);
        return new Span<float>(_rows.First + (Count - 1L) * size, size);
    }

    /// <summary>The finished vectors, which own the memory. The buffer takes no more rows.</summary>
    public WordVectors Build(IReadOnlyList<long>? counts = null, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ObjectDisposedException.ThrowIf(_rows is null, this);
        NativeBuffer<float> rows = _rows;
        _rows = null;
        var offsets = new long[Count];
        for (int id = 0; id < offsets.Length; id++)
            offsets[id] = (long)id * size * sizeof(float);
        return new WordVectors(_words.Build(), size, (byte*)rows.First, offsets, rows)
        {
            Counts = counts,
            Metadata = metadata ?? new Dictionary<string, string>(),
        };
    }

    /// <summary>Frees the rows unless they were taken.</summary>
    public void Dispose() => _rows?.Dispose();
}
