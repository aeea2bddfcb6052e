namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Which of a card's units tiles are trained with; none of them on most devices.</summary>
/// <param name="TensorCores">Products on tensor cores (CUDA, SM 8.0).</param>
/// <param name="VectorAdditions">Changes added as vectors (CUDA, SM 9.0; <see cref="CudaTarget"/>).</param>
internal readonly record struct TileUnits(bool TensorCores, bool VectorAdditions);
