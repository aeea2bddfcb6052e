namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What a pair of an input and an output says of its dot product: the same in all kernels that train.</summary>
internal static class PairError
{
    /// <summary>label − σ(<paramref name="dot"/>) for the label 1 or 0, and in <paramref name="loss"/> −ln σ(dot) or −ln σ(−dot); both are NaN for NaN.</summary>
    public static float Of<TArithmetic>(float dot, bool label, out float loss)
        where TArithmetic : struct, IDeviceArithmetic
    {
        float sigmoid = default(TArithmetic).Sigmoid(dot, out float log), wrong = label ? -dot : dot;
        loss = (wrong > 0 ? wrong : 0f) + log;
        return (label ? 1f : 0f) - sigmoid;
    }
}
