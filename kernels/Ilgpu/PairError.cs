using ILGPU;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What a pair of an input and an output says of its dot product: the same in all kernels that train.</summary>
internal static class PairError
{
    /// <summary>label − σ(<paramref name="dot"/>) for the label 1 or 0, and in <paramref name="loss"/> −ln σ(dot) or −ln σ(−dot); both are NaN for NaN.</summary>
    public static float Of<TArithmetic>(float dot, bool label, out float loss)
        where TArithmetic : struct, IDeviceArithmetic
    {
        float size = Size<TArithmetic>(label ? -dot : dot, out loss);
        return label ? size : -size;
    }

    /// <summary>
    /// σ(<paramref name="wrong"/>), the size of the error, and in <paramref name="loss"/> ln(1 + e^wrong), for a dot product whose sign is turned so that less is right; both are NaN for NaN. A small
    /// error has all its digits, which 1 − σ has not.
    /// </summary>
    public static float Size<TArithmetic>(float wrong, out float loss)
        where TArithmetic : struct, IDeviceArithmetic
    {
        float size = default(TArithmetic).Sigmoid(wrong, out float log);
        loss = IntrinsicMath.Max(wrong, 0f) + log;
        return size;
    }
}
