namespace Word2Vec.Training;

/// <summary>The vector instructions that the CPU backend is compiled for.</summary>
internal enum SimdPath
{
    /// <summary>128-bit vectors, on every processor.</summary>
    Portable,

    /// <summary>256-bit vectors with fused multiply-add.</summary>
    Avx2,

    /// <summary>512-bit vectors.</summary>
    Avx512,
}
