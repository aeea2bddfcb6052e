using System.Numerics;
using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Numerics;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The kernels of <see cref="RowRates"/>, loaded for one accelerator, with the launch shape that fills it. Each call waits for its launch.</summary>
internal sealed class RowRateLauncher : IDisposable
{
    // Eight floats are a sector: the least that CUDA's second-level cache takes.
    private const int LargestSector = 8;

    private const int LargestGroup = 256, MostLanes = 32, GroupsWithoutCounts = 8, RowAlignment = 16;

    private readonly Accelerator _accelerator;
    private readonly AcceleratorStream _stream;
    private readonly KernelConfig _shape;
    private readonly int _lanes;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _sums;
    private readonly Action<AcceleratorStream, KernelConfig, RowDraws, ArrayView<Float4>, ArrayView<float>> _gather;
    private readonly Action<AcceleratorStream, KernelConfig, RowDraws, ArrayView<float>, float> _add;
    private readonly Action<AcceleratorStream, KernelConfig, RowDraws, long, float>? _addVectors, _addPairs;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<Float4>, ArrayView<Float4>, int> _copy;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<float>, float, float, int> _multiplyAdd;

    public RowRateLauncher(Accelerator accelerator)
    {
        (_accelerator, _stream) = (accelerator, accelerator.DefaultStream);
        int group = 1 << BitOperations.Log2((uint)Math.Min(LargestGroup, accelerator.MaxNumThreadsPerGroup));
        int groupsAMultiprocessor = accelerator.AcceleratorType == AcceleratorType.Cuda ? accelerator.MaxNumThreadsPerMultiprocessor / group
            : accelerator.AcceleratorType == AcceleratorType.CPU ? 1 : GroupsWithoutCounts;

        // A group of ILGPU's CPU accelerator is small; two rows of lanes in it show what more would.
        _lanes = Math.Min(MostLanes, group / 2);
        _shape = (Math.Max(1, accelerator.NumMultiprocessors * groupsAMultiprocessor), group);
        _gather = accelerator.LoadKernel<RowDraws, ArrayView<Float4>, ArrayView<float>>(RowRates.Gather);
        _add = accelerator.LoadKernel<RowDraws, ArrayView<float>, float>(RowRates.Add);
        if (CudaTarget.HasVectorAdditions(accelerator))
        {
            _addVectors = accelerator.LoadKernel<RowDraws, long, float>(RowRates.AddVectors);
            _addPairs = accelerator.LoadKernel<RowDraws, long, float>(RowRates.AddPairs);
        }

        _copy = accelerator.LoadKernel<ArrayView<Float4>, ArrayView<Float4>, int>(RowRates.Copy);
        _multiplyAdd = accelerator.LoadKernel<ArrayView<float>, float, float, int>(RowRates.MultiplyAdd);
        _sums = accelerator.Allocate1D<float>(Threads);
    }

    /// <summary>The key of the row numbers.</summary>
    public static DrawKey Key { get; } = DrawKey.From(1, 0, 0);

    public int Threads => _shape.GridDim.X * _shape.GroupDim.X;

    public int RowsOfLanes => Threads / _lanes;

    /// <summary>Whether the device has <see cref="AddVectors"/> and <see cref="AddPairs"/>.</summary>
    public bool AddsVectors => _addVectors is not null;

    /// <summary>Rows that a launch with one turn touches.</summary>
    public long RowsATurn => (long)RowsOfLanes * RowRates.Together;

    /// <summary>Rows that <see cref="AddSectors"/> and <see cref="AddPairs"/> touch with one turn.</summary>
    public long SectorRowsATurn => (long)(Threads / SectorLanes) * RowRates.Together;

    private int SectorLanes => Math.Min(LargestSector, _lanes);

    /// <summary>Vectors of four floats that a launch with one turn copies.</summary>
    public int CopyVectorsATurn => 4 * Threads;

    /// <summary>Floats from one row to the next, as <see cref="Word2Vec.Training.Weights"/> lays them out.</summary>
    public static int StrideOf(int size) => (size + RowAlignment - 1) / RowAlignment * RowAlignment;

    /// <summary>Draws among <paramref name="rows"/> by Zipf's law, moved by <paramref name="offset"/>; −1: uniform. Lanes and turns come with the launch.</summary>
    public static RowDraws Draws(int rows, int size, int offset)
    {
        uint first = BitConverter.SingleToUInt32Bits(offset + 1), end = BitConverter.SingleToUInt32Bits(rows + offset + 1);
        return new RowDraws
        {
            Rows = rows,
            Size = size,
            Stride = StrideOf(size),
            KeyA = Key.A,
            KeyB = Key.B,
            FirstBits = first,
            Steps = offset < 0 ? 0 : end - first,
            Offset = offset,
        };
    }

    public void Gather(RowDraws draws, ArrayView<Float4> matrix, int turns)
    {
        _gather(_stream, _shape, Launched(draws, turns, _lanes), matrix, _sums.View);
        _stream.Synchronize();
    }

    public void Add(RowDraws draws, ArrayView<float> matrix, float change, int turns) => Add(Launched(draws, turns, _lanes), matrix, change);

    /// <summary>Eight lanes a row: a warp adds to a sector of each of four rows at a time, as the tile kernel on tensor cores does.</summary>
    public void AddSectors(RowDraws draws, ArrayView<float> matrix, float change, int turns) => Add(Launched(draws, turns, SectorLanes), matrix, change);

    /// <summary>A vector of four floats a lane: as the tile kernel does on cards that add vectors.</summary>
    public void AddVectors(RowDraws draws, ArrayView<float> matrix, float change, int turns) => Add(_addVectors!, Launched(draws, turns, _lanes), matrix, change);

    /// <summary>Eight lanes a row, two floats each: as the tile kernel on tensor cores does on cards that add vectors.</summary>
    public void AddPairs(RowDraws draws, ArrayView<float> matrix, float change, int turns) => Add(_addPairs!, Launched(draws, turns, SectorLanes), matrix, change);

    /// <summary>Queues <paramref name="launches"/> copies and waits for all: one of a gibibyte is so short on a large card that the waiting would count.</summary>
    public void Copy(ArrayView<Float4> from, ArrayView<Float4> to, int turns, int launches = 1)
    {
        for (int launch = 0; launch < launches; launch++)
            _copy(_stream, _shape, from, to, turns);
        _stream.Synchronize();
    }

    public void MultiplyAdd(float factor, float summand, int turns)
    {
        _multiplyAdd(_stream, _shape, _sums.View, factor, summand, turns);
        _stream.Synchronize();
    }

    /// <summary>What the last <see cref="Gather"/> or <see cref="MultiplyAdd"/> left for each row of lanes.</summary>
    public float[] Sums() => [.. Results().Chunk(_lanes).Select(lanes => lanes.Sum())];

    /// <summary>What it left for each thread.</summary>
    public float[] Results() => _sums.GetAsArray1D();

    /// <summary>Sets every float.</summary>
    public void Fill(ArrayView<float> matrix, float value) => Write(matrix, [.. Enumerable.Repeat(value, checked((int)matrix.Length))]);

    public void Write(ArrayView<float> matrix, float[] values)
    {
        matrix.CopyFromCPU(_stream, values);
        _stream.Synchronize();
    }

    public float[] Read(ArrayView<float> matrix)
    {
        var values = new float[matrix.Length];
        matrix.CopyToCPU(_stream, values);
        _stream.Synchronize();
        return values;
    }

    public void Dispose() => _sums.Dispose();

    private void Add(RowDraws launched, ArrayView<float> matrix, float change)
    {
        _add(_stream, _shape, launched, matrix, change);
        _stream.Synchronize();
    }

    private void Add(Action<AcceleratorStream, KernelConfig, RowDraws, long, float> add, RowDraws launched, ArrayView<float> matrix, float change)
    {
        add(_stream, _shape, launched, matrix.LoadEffectiveAddressAsPtr(), change);
        _stream.Synchronize();
    }

    private static RowDraws Launched(RowDraws draws, int turns, int lanes)
    {
        draws.Lanes = lanes;
        draws.LaneBits = BitOperations.Log2((uint)lanes);
        draws.Draws = RowRates.Together * turns;
        return draws;
    }
}
