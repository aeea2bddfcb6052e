/// <summary>
/// Gives any .NET program the device: <c>DOTNET_STARTUP_HOOKS=…/Word2Vec.CudaOnCpu.dll</c>. The runtime looks for this name, outside all namespaces.
/// </summary>
internal static class StartupHook
{
    public static void Initialize() => Word2Vec.CudaOnCpu.CudaDriver.Load();
}
