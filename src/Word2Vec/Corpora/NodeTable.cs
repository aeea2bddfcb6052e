using System.Runtime.Intrinsics;
using System.Text;

namespace Word2Vec.Corpora;

/// <summary>Gives each node's name, a string of bytes, a number in the order in which names are first seen.</summary>
/// <remarks>
/// The hash has a seed of the process's own, so that names cannot be chosen to have one hash; numbers do not follow from it. A name takes its bytes, 4 for its
/// end and 6 to 12 for its slot.
/// </remarks>
internal sealed class NodeTable
{
    /// <summary>What the corpus's reader takes for one word; a longer name would become two.</summary>
    public const int LongestName = WordScanner.LongestWord;

    private byte[] _bytes = new byte[1 << 12];
    private int[] _ends = new int[1 << 8];
    private int[] _slots = new int[1 << 9];
    private int _bytesUsed;

    /// <summary>The number of different names.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of the name of <paramref name="node"/>.</summary>
    public ReadOnlySpan<byte> this[int node]
    {
        get
        {
            int start = node == 0 ? 0 : _ends[node - 1];
            return new ReadOnlySpan<byte>(_bytes, start, _ends[node] - start);
        }
    }

    /// <summary>Copies the name of <paramref name="node"/> to the front of <paramref name="target"/>, which has room for it, and returns its length.</summary>
    public int CopyTo(int node, Span<byte> target)
    {
        int start = node == 0 ? 0 : _ends[node - 1], length = _ends[node] - start;
        // A short name goes with what stands behind it, which is cheaper than to look how short it is.
        if (length <= Vector128<byte>.Count && target.Length >= Vector128<byte>.Count && _bytes.Length - start >= Vector128<byte>.Count)
            Vector128.Create(new ReadOnlySpan<byte>(_bytes, start, Vector128<byte>.Count)).CopyTo(target);
        else
            new ReadOnlySpan<byte>(_bytes, start, length).CopyTo(target);
        return length;
    }

    /// <summary>The number of <paramref name="name"/>, a new one if it was not there.</summary>
    public int IdOf(ReadOnlySpan<byte> name)
    {
        int slot = Find(name);
        if (_slots[slot] > 0)
            return _slots[slot] - 1;
        Append(name);
        _slots[slot] = Count;
        if (Count > _slots.Length / 3 * 2)
            Rehash();
        return Count - 1;
    }

    /// <summary>Finds the number of <paramref name="name"/>.</summary>
    public bool TryGetId(ReadOnlySpan<byte> name, out int node)
    {
        node = _slots[Find(name)] - 1;
        return node >= 0;
    }

    /// <summary>The name for display; bytes that are not UTF-8 show as U+FFFD.</summary>
    public string Text(int node) => Encoding.UTF8.GetString(this[node]);

    /// <summary>Gives back the room that was kept for more names.</summary>
    public void Trim()
    {
        Array.Resize(ref _bytes, _bytesUsed);
        Array.Resize(ref _ends, Count);
    }

    // Where the name is, or the empty slot where it belongs.
    private int Find(ReadOnlySpan<byte> name)
    {
        int mask = _slots.Length - 1, slot = Hash(name) & mask;
        while (_slots[slot] > 0 && !this[_slots[slot] - 1].SequenceEqual(name))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Append(ReadOnlySpan<byte> name)
    {
        if ((long)_bytesUsed + name.Length > Array.MaxLength || Count == 1 << 29)
            throw new Word2VecException(ErrorKind.Input, $"The graph has more than {Count} nodes, whose names have {_bytesUsed} bytes together; split it or shorten the names.");
        Grow(ref _bytes, _bytesUsed + name.Length);
        Grow(ref _ends, Count + 1);
        name.CopyTo(_bytes.AsSpan(_bytesUsed));
        _bytesUsed += name.Length;
        _ends[Count++] = _bytesUsed;
    }

    private void Rehash()
    {
        _slots = new int[2 * _slots.Length];
        int mask = _slots.Length - 1;
        for (int node = 0; node < Count; node++)
        {
            int slot = Hash(this[node]) & mask;
            while (_slots[slot] > 0)
                slot = (slot + 1) & mask;
            _slots[slot] = node + 1;
        }
    }

    private static void Grow<T>(ref T[] array, int needed)
    {
        if (needed > array.Length)
            Array.Resize(ref array, (int)Math.Min(Array.MaxLength, Math.Max(needed, array.Length * 3L / 2)));
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        return hash.ToHashCode();
    }
}
