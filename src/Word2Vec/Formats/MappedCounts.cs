using System.Collections;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>The counts of words in a mapped file, with which they end.</summary>
internal sealed unsafe class MappedCounts : IReadOnlyList<long>
{
    private readonly FileMap _map;
    private readonly long* _first;

    /// <summary>Takes <paramref name="count"/> numbers at <paramref name="first"/>.</summary>
    public MappedCounts(FileMap map, long* first, int count)
    {
        (_map, Count) = (map, count);
        _first = first;
    }

    public int Count { get; }

    public long this[int index]
    {
        get
        {
            ObjectDisposedException.ThrowIf(_map.IsDisposed, this);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _first[index];
        }
    }

    public IEnumerator<long> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
