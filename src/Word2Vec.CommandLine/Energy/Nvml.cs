using System.Runtime.InteropServices;
using System.Text;

namespace Word2Vec.CommandLine.Energy;

/// <summary>
/// The few calls of NVIDIA's management library that are needed here, found by name when first asked for: it comes with the driver, or not at all.
/// </summary>
internal sealed class Nvml
{
    private const int Success = 0, TextLength = 96;

    private static readonly Lazy<Nvml?> Loaded = new(Load);

    private readonly GetHandle _getHandle;
    private readonly GetEnergy _getEnergy;
    private readonly string? _driver;

    private Nvml(nint library)
    {
        _getHandle = Function<GetHandle>(library, "nvmlDeviceGetHandleByPciBusId_v2");
        _getEnergy = Function<GetEnergy>(library, "nvmlDeviceGetTotalEnergyConsumption");
        var text = new byte[TextLength];
        _driver = Function<GetVersion>(library, "nvmlSystemGetDriverVersion")(text, TextLength) == Success ? Text(text) : null;
    }

    private delegate int Initialize();

    private delegate int InitializeCuda(uint flags);

    private delegate int GetVersion(byte[] version, uint length);

    private delegate int GetDevice(out int device, int ordinal);

    private delegate int GetBusId(byte[] busId, int length, int device);

    private delegate int GetHandle(byte[] busId, out nint card);

    private delegate int GetEnergy(nint card, out ulong millijoules);

    /// <summary>The library; null where there is none.</summary>
    public static Nvml? Instance => Loaded.Value;

    /// <summary>The version of the kernel's driver, such as 570.86.15; null where it does not tell.</summary>
    public static string? Driver => Instance?._driver;

    /// <summary>The handle of the card that CUDA counts as <paramref name="ordinal"/>: the two libraries number cards differently.</summary>
    public nint? Card(int ordinal)
    {
        if (!TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out nint cuda))
            return null;
        var busId = new byte[TextLength];
        return Function<InitializeCuda>(cuda, "cuInit")(0) == Success
            && Function<GetDevice>(cuda, "cuDeviceGet")(out int device, ordinal) == Success
            && Function<GetBusId>(cuda, "cuDeviceGetPCIBusId")(busId, TextLength, device) == Success
            && _getHandle(busId, out nint card) == Success ? card : null;
    }

    /// <summary>What a card has taken since the driver was loaded; null where it does not tell.</summary>
    public double? Millijoules(nint card) => _getEnergy(card, out ulong energy) == Success ? energy : null;

    private static Nvml? Load()
    {
        if (!TryLoad(OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1", out nint library))
            return null;
        try
        {
            return Function<Initialize>(library, "nvmlInit_v2")() == Success ? new Nvml(library) : null;
        }
        catch (EntryPointNotFoundException)
        {
            // An old driver without one of the calls.
            return null;
        }
    }

    private static bool TryLoad(string name, out nint library) => NativeLibrary.TryLoad(name, out library);

    private static T Function<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));

    private static string Text(byte[] text) => Encoding.ASCII.GetString(text, 0, Math.Max(0, Array.IndexOf(text, (byte)0)));
}
