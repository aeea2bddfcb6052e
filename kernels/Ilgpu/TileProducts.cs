using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The three matrix products of a tile, which are two thirds of its work: by which of a device's units they are made.</summary>
internal interface ITileProducts
{
    /// <summary>In how many parts a dot product is kept before it becomes a gradient, beside the gradients.</summary>
    int DotParts { get; }

    /// <summary>Adds a chunk's part of all dot products, and with the last one makes gradients of them; returns this thread's share of the loss.</summary>
    float Multiply<TArithmetic, TLanes>(TileArguments a, TileMemory shared, int chunk, bool isLast, float rate)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount;

    /// <summary>Changes the columns of a chunk of all rows: gradients times the rows of the other side.</summary>
    void Change<TArithmetic, TLanes>(TileArguments a, TileMemory shared, int chunk)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount;
}

/// <summary>Multiplications and additions of 32-bit numbers, on every device.</summary>
internal readonly struct FloatProducts<TColumns> : ITileProducts
    where TColumns : struct, ILaneColumns
{
    public int DotParts => TileGeometry.FloatDotParts;

    public float Multiply<TArithmetic, TLanes>(TileArguments a, TileMemory shared, int chunk, bool isLast, float rate)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount
    {
        TileDots.Multiply<TLanes>(a, shared, chunk);
        if (!isLast)
            return 0;
        Group.Barrier();
        return TileDots.ToGradients<TArithmetic, TLanes>(a, shared, rate);
    }

    public void Change<TArithmetic, TLanes>(TileArguments a, TileMemory shared, int chunk)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount => TileChanges.Add<TArithmetic, TLanes, TColumns>(a, shared, chunk);
}

/// <summary>Tensor cores (CUDA, SM 8.0): see <see cref="TensorProduct"/>. For rows of 32 lanes.</summary>
internal readonly struct TensorProducts<TColumns> : ITileProducts
    where TColumns : struct, ITensorColumns
{
    public int DotParts => 0;

    public float Multiply<TArithmetic, TLanes>(TileArguments a, TileMemory shared, int chunk, bool isLast, float rate)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount => TensorDots.Multiply<TArithmetic>(a, shared, chunk, isLast, rate);

    public void Change<TArithmetic, TLanes>(TileArguments a, TileMemory shared, int chunk)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount => TensorChanges.Add<TColumns>(a, shared, chunk);
}
