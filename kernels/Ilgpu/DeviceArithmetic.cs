using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using Word2Vec.Numerics;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What the training kernel computes differently from one kind of device to another.</summary>
internal interface IDeviceArithmetic
{
    /// <summary>The sum over the lanes, in lane 0 at least. All threads of the group call it together.</summary>
    float SumLanes(float value, int lanes, ArrayView<float> partials);

    /// <summary>Adds to one element that other groups change too.</summary>
    void Add(ArrayView<float> target, long index, float change);

    /// <summary>σ(<paramref name="x"/>), and in <paramref name="log"/> ln(1 + e^−|x|); see <see cref="LogisticFunction"/>. Both are NaN for NaN.</summary>
    float Sigmoid(float x, out float log);

    /// <summary>The group's shared memory for a tile.</summary>
    ArrayView<Float4> Shared();

    /// <summary>The group's shared memory for one row.</summary>
    ArrayView<float> SharedRow();
}

/// <summary>Shuffles inside a warp, and the device's own additions: the lanes are a warp (CUDA, ILGPU's CPU accelerator).</summary>
internal readonly struct WarpArithmetic : IDeviceArithmetic
{
    public float SumLanes(float value, int lanes, ArrayView<float> partials)
    {
        for (int distance = lanes / 2; distance > 0; distance /= 2)
            value += Warp.ShuffleXor(value, distance);
        return value;
    }

    public void Add(ArrayView<float> target, long index, float change) => Atomic.Add(ref target[index], change);

    /// <summary>With the card's own power of two, logarithm and inverse. Within 5·10⁻⁷ by the errors that NVIDIA documents.</summary>
    public float Sigmoid(float x, out float log)
    {
        const float Log2E = 1.44269504f, Ln2 = 0.693147181f;
        float e = XMath.Exp2(-Log2E * IntrinsicMath.Abs(x)), sum = 1f + e, inverse = XMath.Rcp(sum);
        log = Ln2 * XMath.Log2(sum);
        return x >= 0 ? inverse : e * inverse;
    }

    public ArrayView<Float4> Shared() => SharedMemory.GetDynamic<Float4>();

    public ArrayView<float> SharedRow() => SharedMemory.GetDynamic<float>();
}

/// <summary>Through memory, where neither shuffles nor additions can be relied on (OpenCL).</summary>
internal readonly struct MemoryArithmetic : IDeviceArithmetic
{
    private const int LongestRow = 4096;

    public float SumLanes(float value, int lanes, ArrayView<float> partials)
    {
        int first = Group.IdxX / lanes * lanes;
        partials[Group.IdxX] = value;
        Group.Barrier();
        float sum = 0;
        for (int lane = 0; lane < lanes; lane++)
            sum += partials[first + lane];
        Group.Barrier();
        return sum;
    }

    /// <summary>In ILGPU's OpenCL C the exponential would clamp a NaN like a large number and hide it.</summary>
    public float Sigmoid(float x, out float log)
    {
        float sigmoid = LogisticFunction.Sigmoid(x, out log);
        bool isNumber = !float.IsNaN(x);
        log = isNumber ? log : x;
        return isNumber ? sigmoid : x;
    }

    /// <summary>
    /// As much as the largest tile takes. In ILGPU 1.5.3's OpenCL C, shared memory whose length the launch says is a pointer that all groups have in
    /// common: on a processor, where groups have memory of their own, one group works in another's.
    /// </summary>
    public ArrayView<Float4> Shared() => SharedMemory.Allocate<Float4>(TileGeometry.MostSharedVectors);

    /// <summary>As much as the longest row takes, which every OpenCL device has: 16 KB.</summary>
    public ArrayView<float> SharedRow() => SharedMemory.Allocate<float>(LongestRow);

    /// <summary>
    /// Compares bits. ILGPU's own addition compares numbers here, so it never ends on a NaN, and a training that diverges would hang the
    /// device in place of being reported.
    /// </summary>
    public void Add(ArrayView<float> target, long index, float change)
    {
        ArrayView1D<float, Stride1D.Dense> elements = target;
        ArrayView<uint> bits = elements.Cast<float, uint>();
        uint found = bits[index], expected;
        do
        {
            expected = found;
            found = Atomic.CompareExchange(ref bits[index], expected, Interop.FloatAsInt(Interop.IntAsFloat(expected) + change));
        }
        while (found != expected);
    }
}
