using ILGPU.Runtime;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>How the training kernel is launched on a device.</summary>
/// <param name="Lanes">Threads that share one dot product.</param>
/// <param name="GroupSize">Threads of a group: a multiple of <paramref name="Lanes"/>.</param>
/// <param name="MostGroups">Groups that the device can run at once.</param>
/// <param name="Shuffles">Whether the lanes are a warp whose shuffles can be relied on.</param>
internal readonly record struct LaunchShape(int Lanes, int GroupSize, int MostGroups, bool Shuffles)
{
    private const int OpenClLanes = 16, LargestGroup = 256, GroupsAMultiprocessor = 32;

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

    /// <summary>
    /// The same with no more groups than the driver can keep resident given the registers of <paramref name="kernel"/>: a group that waits for its
    /// turn would train its stretch of the text alone at the end.
    /// </summary>
    public LaunchShape Limit(Accelerator accelerator, Delegate kernel) => accelerator.AcceleratorType != AcceleratorType.Cuda
        ? this
        : this with
        {
            MostGroups = Math.Max(1, Math.Min(MostGroups,
                accelerator.NumMultiprocessors * accelerator.EstimateMaxActiveGroupsPerMultiprocessor(kernel.GetKernel(), GroupSize, 0))),
        };
}
