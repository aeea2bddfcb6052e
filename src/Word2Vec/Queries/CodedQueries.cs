using System.Runtime.InteropServices;
using Word2Vec.Numerics;

namespace Word2Vec.Queries;

/// <summary>
/// The codes of a batch of unit queries in the order in which <see cref="ScoreTile{TVector, TLanes, TByteLanes}"/> reads them, and what a
/// row's product must exceed for the row to be looked at.
/// </summary>
/// <remarks>
/// A query is coded as s·q + a, a row as t·r + b, where a and b are what rounding changed. Their product is s·t·cos + s·⟨q, b⟩ +
/// ⟨a, t·r + b⟩. So where cos exceeds a threshold T, the product exceeds t · (s·T − |a|) − |b| · (s + |a|): the slope times the row's scale
/// less the width times the row's error.
/// </remarks>
internal sealed unsafe class CodedQueries<TVector, TLanes, TByteLanes>
    where TVector : struct
    where TLanes : ILanes<TVector>
    where TByteLanes : IByteLanes<TVector>
{
    private const int GreatestCode = ComponentCodes<TVector, TLanes, TByteLanes>.QueryOffset - 1;

    private readonly int _size;
    private readonly int _stride;
    private readonly byte[] _packed;
    private readonly float[] _scales;
    private readonly float[] _errors;
    private readonly float[] _widths;
    private readonly float _slack;

    /// <summary>Codes the vectors of <paramref name="unit"/>, of <paramref name="size"/> components each.</summary>
    public CodedQueries(float[] unit, int size)
    {
        int queries = unit.Length / size, width = ScoreTile<TVector, TLanes, TByteLanes>.Queries;
        (_size, _stride) = (size, ComponentCodes<TVector, TLanes, TByteLanes>.Stride(size));
        Tiles = (queries + width - 1) / width;
        _packed = GC.AllocateArray<byte>(checked(Tiles * width * _stride), pinned: true);
        _widths = GC.AllocateArray<float>(Tiles * width, pinned: true);
        (_scales, _errors) = (new float[Tiles * width], new float[Tiles * width]);
        // What the rounding of 32-bit scores and of these comparisons themselves may come to.
        _slack = 1e-6f + size * 1.2e-7f;
        fixed (float* vectors = unit)
        {
            for (int query = 0; query < queries; query++)
                Encode(vectors + (long)query * size, query);
        }
    }

    /// <summary>Tiles that the queries fill, the last one perhaps in part.</summary>
    public int Tiles { get; }

    /// <summary>The codes of a tile.</summary>
    public byte* Codes(int tile) =>
        (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_packed, tile * ScoreTile<TVector, TLanes, TByteLanes>.Queries * _stride);

    /// <summary>What a row's error counts for with each query of a tile.</summary>
    public float* Widths(int tile) =>
        (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_widths, tile * ScoreTile<TVector, TLanes, TByteLanes>.Queries);

    /// <summary>What the scale of a row counts for where cosines above <paramref name="threshold"/> are looked for.</summary>
    public float Slope(int query, float threshold) => _scales[query] * (threshold - _slack) - _errors[query];

    private void Encode(float* vector, int query)
    {
        int pieces = ComponentCodes<TVector, TLanes, TByteLanes>.Pieces(_size), width = ScoreTile<TVector, TLanes, TByteLanes>.Queries;
        var codes = new sbyte[_stride + 64];
        var starts = new int[pieces];
        float factor;
        fixed (sbyte* target = codes)
        fixed (int* unused = starts)
            (factor, _errors[query]) = ComponentCodes<TVector, TLanes, TByteLanes>.Encode(vector, _size, GreatestCode, target, unused, 1);
        _scales[query] = factor == 0 ? 1 : factor;
        _widths[query] = _scales[query] + _errors[query];
        int place = query / width * width * _stride + query % width * 4;
        for (int i = 0; i < _stride; i++)
            _packed[place + i / 4 * width * 4 + i % 4] = (byte)(codes[i] + ComponentCodes<TVector, TLanes, TByteLanes>.QueryOffset);
    }
}
