using System.Diagnostics.CodeAnalysis;

namespace Word2Vec.Words;

/// <summary>Gives each different word an id in the order in which they are first seen.</summary>
internal sealed class TermTable
{
    private readonly Dictionary<byte[], int> _ids = new(new SameBytes());
    private readonly List<byte[]> _terms = [];
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public TermTable() => _lookup = _ids.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>The number of different words.</summary>
    public int Count => _terms.Count;

    /// <summary>The bytes of word <paramref name="id"/>.</summary>
    public byte[] this[int id] => _terms[id];

    /// <summary>The id of <paramref name="term"/>, a new one if it was not there.</summary>
    public int IdOf(ReadOnlySpan<byte> term)
    {
        if (_lookup.TryGetValue(term, out int id))
            return id;
        byte[] kept = term.ToArray();
        _ids.Add(kept, _terms.Count);
        _terms.Add(kept);
        return _terms.Count - 1;
    }

    private sealed class SameBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
