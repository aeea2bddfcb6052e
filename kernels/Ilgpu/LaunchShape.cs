using ILGPU.Runtime;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>How the training kernel is launched on a device.</summary>
/// <param name="Lanes">Threads that share one dot product.</param>
/// <param name="GroupSize">Threads of a group: a multiple of <paramref name="Lanes"/>.</param>
/// <param name="MostGroups">Groups that the device can run at once.</param>
/// <param name="Shuffles">Whether the lanes are a warp whose shuffles can be relied on.</param>
internal readonly record struct LaunchShape(int Lanes, int GroupSize, int MostGroups, bool Shuffles)
{
    private const int OpenClLanes = 16, LargestGroup = 256, GroupsAMultiprocessor = 32, TileLanes = 32, EmulatedLanes = 4;

    /// <summary>Threads of a group that trains tiles, where a group may have so many.</summary>
    public const int TileGroup = 128;

    /// <summary>The shape for vectors of <paramref name="size"/> components: a thread for each, up to 256.</summary>
    public static LaunchShape For(Accelerator accelerator, int size)
    {
        bool shuffles = accelerator.AcceleratorType != AcceleratorType.OpenCL;
        int lanes = shuffles ? accelerator.WarpSize : Math.Min(OpenClLanes, accelerator.MaxNumThreadsPerGroup);
        int most = Math.Min(LargestGroup, accelerator.MaxNumThreadsPerGroup) / lanes;

        // Each work item of ILGPU's CPU accelerator is a thread of the operating system: two rows of lanes show everything.
        int rows = accelerator.AcceleratorType == AcceleratorType.CPU ? Math.Min(2, most) : Math.Clamp((size + lanes - 1) / lanes, 1, most);
        int perMultiprocessor = Math.Clamp(accelerator.MaxNumThreadsPerMultiprocessor / (rows * lanes), 1, GroupsAMultiprocessor);
        int groups = accelerator.AcceleratorType == AcceleratorType.CPU ? 1 : Math.Max(1, accelerator.NumMultiprocessors * perMultiprocessor);
        return new LaunchShape(lanes, rows * lanes, groups, shuffles);
    }

    /// <summary>Lanes that take a row of a tile together; 0: the device's groups, or their memory, are too small for tiles.</summary>
    public static int LanesForTiles(Accelerator accelerator) => accelerator.AcceleratorType switch
    {
        AcceleratorType.CPU => EmulatedLanes,
        AcceleratorType.OpenCL when accelerator.MaxSharedMemoryPerGroup < TileGeometry.LargestSharedMemory => 0,
        _ => accelerator.MaxNumThreadsPerGroup >= TileLanes ? TileLanes : 0,
    };

    /// <summary>
    /// The shape for tiles: four rows of lanes a group where there are so many threads, and as many groups as have their shared memory at the same time
    /// (on CUDA <see cref="Limit"/> asks the driver).
    /// </summary>
    public static LaunchShape ForTiles(Accelerator accelerator, int lanes)
    {
        int threads = Math.Min(TileGroup, accelerator.MaxNumThreadsPerGroup) / lanes * lanes;
        int groups = accelerator.AcceleratorType switch
        {
            AcceleratorType.CPU => 1,
            AcceleratorType.Cuda => accelerator.NumMultiprocessors * GroupsAMultiprocessor,
            _ => accelerator.NumMultiprocessors * Math.Clamp(accelerator.MaxSharedMemoryPerGroup / TileGeometry.LargestSharedMemory, 1, 4),
        };
        return new LaunchShape(lanes, threads, groups, accelerator.AcceleratorType != AcceleratorType.OpenCL);
    }

    /// <summary>
    /// The same with no more groups than the driver can keep resident given the registers and the shared memory of <paramref name="kernel"/>
    /// (<paramref name="dynamicBytes"/> beside what the driver knows itself): a group that waits for its
    /// turn would train its stretch of the text alone at the end.
    /// </summary>
    public LaunchShape Limit(Accelerator accelerator, Delegate kernel, int dynamicBytes = 0) => accelerator.AcceleratorType != AcceleratorType.Cuda
        ? this
        : this with
        {
            MostGroups = Math.Max(1, Math.Min(MostGroups,
                accelerator.NumMultiprocessors * accelerator.EstimateMaxActiveGroupsPerMultiprocessor(kernel.GetKernel(), GroupSize, dynamicBytes))),
        };
}
