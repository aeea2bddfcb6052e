using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// The rows of one piece of the corpus, which it trains as if it were alone. Of those that another piece names too (<see cref="RowClaims"/>) it gets
/// copies, made when they are first asked for; the weights keep the values before the round until <see cref="RowMerge"/> brings all changes together.
/// </summary>
internal sealed unsafe class RowCopies : IDisposable
{
    private const int BlockRows = 256, Line = 64;

    private readonly Weights _weights;
    private readonly RowClaims _claims;
    private readonly long _rowBytes;
    private readonly RowKeys _rows = new();
    private readonly List<nint> _blocks = [];
    private int _fetched;

    /// <summary>Makes an empty set of copies of rows of <paramref name="weights"/>.</summary>
    public RowCopies(Weights weights, RowClaims claims) =>
        (_weights, _claims, _rowBytes) = (weights, claims, (long)weights.Stride * sizeof(float));

    ~RowCopies() => Free();

    /// <summary>What was copied, in the order of first use (see <see cref="RowKeys"/>).</summary>
    public ReadOnlySpan<uint> Keys => _rows.Keys;

    /// <summary>The copy of <see cref="Keys"/>[<paramref name="index"/>].</summary>
    public float* this[int index] => (float*)(_blocks[index / BlockRows] + index % BlockRows * (nint)_rowBytes);

    /// <summary>Forgets all copies; their memory stays for the next piece.</summary>
    public void Begin()
    {
        _rows.Clear();
        _fetched = 0;
    }

    /// <summary>
    /// Where the input vector of <paramref name="word"/> is until <see cref="Begin"/>, itself or its copy, whose values are there after <see cref="Fetch"/>.
    /// </summary>
    public float* Input(int word) =>
        _claims.IsInputShared(word) ? Find(RowKeys.Input(word)) : _weights.Input + (long)word * _weights.Stride;

    /// <summary>The same of the output vector of <paramref name="word"/>.</summary>
    public float* Output(int word) =>
        _claims.IsOutputShared(word) ? Find(RowKeys.Output(word)) : _weights.Output + (long)word * _weights.Stride;

    /// <summary>
    /// Copies the rows that were asked for since the last call. They are not copied at once, because they come from all over the memory: the processor
    /// is asked for each when it is first named, and brings many at a time.
    /// </summary>
    public void Fetch()
    {
        for (; _fetched < _rows.Count; _fetched++)
            Unsafe.CopyBlock(this[_fetched], RowKeys.RowOf(_weights, _rows.Keys[_fetched]), (uint)_rowBytes);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private float* Find(uint key)
    {
        int number = _rows.Number(key, out bool isNew);
        if (isNew)
            Prepare(key, number);
        return this[number];
    }

    private void Prepare(uint key, int number)
    {
        if (number / BlockRows == _blocks.Count)
            _blocks.Add((nint)NativeMemory.AlignedAlloc((nuint)(BlockRows * _rowBytes), Line));
        byte* row = (byte*)RowKeys.RowOf(_weights, key);
        for (long offset = 0; offset < _rowBytes; offset += Line)
            Lanes128.Prefetch((float*)(row + offset));
    }

    private void Free()
    {
        foreach (nint block in _blocks)
            NativeMemory.AlignedFree((void*)block);
        _blocks.Clear();
    }
}
