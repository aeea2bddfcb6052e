namespace Word2Vec.Numerics;

/// <summary>
/// The few vector operations that the training needs, at one width. A kernel is written once over this interface; the compiler makes one version
/// for each width, in which every call is an instruction.
/// </summary>
/// <typeparam name="TVector">The register: <see cref="Count"/> floats.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a register.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> floats.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes <see cref="Count"/> floats.</summary>
    static abstract void Store(TVector vector, float* target);

    /// <summary>A register of one value.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>a · b + c, fused where the processor does so.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>The sum of all lanes.</summary>
    static abstract float Sum(TVector vector);

    /// <summary>Writes the sums of the lanes of six registers to target[0 … 5]; target[6] and target[7] get values without meaning.</summary>
    static abstract void SumSix(TVector a, TVector b, TVector c, TVector d, TVector e, TVector f, float* target);

    /// <summary>Asks for the cache line of <paramref name="address"/> to be brought into the second-level cache (a whole tile is too much for the first); nothing happens where the processor has no such instruction.</summary>
    static abstract void Prefetch(void* address);

    /// <summary>e^−|x| of each lane, as <see cref="LogisticFunction"/> computes it.</summary>
    static abstract TVector ExpOfMinusAbs(TVector x);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a − b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a · b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a / b.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>The greater of each lane and 0.</summary>
    static abstract TVector ClampBelow(TVector x);

    /// <summary><paramref name="positive"/> where x ≥ 0, else <paramref name="negative"/>.</summary>
    static abstract TVector BySign(TVector x, TVector positive, TVector negative);

    /// <summary>One bit for each lane in which <paramref name="a"/> is greater; never where one of them is not a number.</summary>
    static abstract ulong Above(TVector a, TVector b);
}
