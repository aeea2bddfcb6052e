namespace Word2Vec.CudaOnCpu;

/// <summary>The one device: the limits of an H200 (compute capability 9.0), with as much memory and as many multiprocessors as the settings say.</summary>
internal static class CudaDevice
{
    /// <summary>What its description begins with.</summary>
    public const string Name = "CUDA on the processor";

    /// <summary>CUDA 12.8.</summary>
    public const int DriverVersion = 12080;

    private const int ThreadsOfMultiprocessor = 2048, GroupsOfMultiprocessor = 32, SharedOfMultiprocessor = 233_472, SharedOfGroup = 49_152;
    private const int SharedOfSystem = 1024, RegistersOfMultiprocessor = 65_536, LargestGroup = 1024;

    // Nothing assigns registers here; NVIDIA's assembler gives the largest kernel 80.
    private const int RegistersOfThread = 80;

    /// <summary>The value of a CUdevice_attribute.</summary>
    public static int Attribute(int attribute) => attribute switch
    {
        1 or 2 or 3 => LargestGroup,
        4 => 64,
        5 => int.MaxValue,
        6 or 7 => 65_535,
        8 => SharedOfGroup,
        9 => 65_536,
        10 => 32,
        11 => int.MaxValue,
        12 or 82 => RegistersOfMultiprocessor,
        13 => 1_980_000,
        16 => Settings.Multiprocessors,
        19 or 83 or 90 or 91 => 1,
        36 => 3_201_000,
        37 => 6144,
        38 => 50 << 20,
        39 => ThreadsOfMultiprocessor,
        40 => 3,
        75 => 9,
        76 => 0,
        81 => SharedOfMultiprocessor,
        _ => 0,
    };

    /// <summary>Groups of a kernel that a multiprocessor holds at the same time; 0: a launch would fail.</summary>
    public static int Resident(PtxProgram program, int groupSize, int dynamicBytes)
    {
        int shared = program.Module.SharedBytes + dynamicBytes, most = program.Module.MostThreads ?? LargestGroup;
        int registers = program.Module.MostThreads is null ? RegistersOfThread : Math.Min(RegistersOfThread, RegistersOfMultiprocessor / most);
        if (groupSize < 1 || groupSize > Math.Min(LargestGroup, most) || shared > SharedOfGroup)
            return 0;
        return Math.Min(
            Math.Min(GroupsOfMultiprocessor, ThreadsOfMultiprocessor / groupSize),
            Math.Min(SharedOfMultiprocessor / (shared + SharedOfSystem), RegistersOfMultiprocessor / (groupSize * registers)));
    }
}
