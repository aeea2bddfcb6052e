namespace Word2Vec.Kernels.Ilgpu;

/// <summary>How many threads take a row of a tile together: a constant where the kernel is compiled.</summary>
internal interface ILaneCount
{
    /// <summary>The logarithm to base 2.</summary>
    int Log { get; }
}

/// <summary>Devices: a row's columns lane, lane + 32, lane + 64 and lane + 96 are a thread's, so that a warp adds to whole sectors.</summary>
internal readonly struct Lanes32 : ILaneCount
{
    public int Log => 5;
}

/// <summary>ILGPU's CPU accelerator, where each thread is one of the operating system's.</summary>
internal readonly struct Lanes4 : ILaneCount
{
    public int Log => 2;
}

/// <summary>The same where a test wants few.</summary>
internal readonly struct Lanes2 : ILaneCount
{
    public int Log => 1;
}
