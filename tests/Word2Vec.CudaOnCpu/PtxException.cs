namespace Word2Vec.CudaOnCpu;

/// <summary>What a program did that a card would answer with an error, or would not answer at all; the number is CUDA's.</summary>
public sealed class PtxException(int error, string message) : Exception(message)
{
    /// <summary>CUDA_ERROR_INVALID_PTX: not PTX, or PTX that is not executed here.</summary>
    public const int Invalid = 218;

    /// <summary>CUDA_ERROR_ILLEGAL_ADDRESS.</summary>
    public const int IllegalAddress = 700;

    /// <summary>CUDA_ERROR_MISALIGNED_ADDRESS.</summary>
    public const int Misaligned = 716;

    /// <summary>CUDA_ERROR_LAUNCH_FAILED: what a card does then is undefined.</summary>
    public const int LaunchFailed = 719;

    /// <summary>One of CUDA's error numbers.</summary>
    public int Error { get; } = error;
}
