using ILGPU;

namespace Word2Vec.Kernels;

internal static class IlgpuContext
{
    public static int Devices()
    {
        using var context = Context.Create(builder => builder.Default().EnableAlgorithms());
        return context.Devices.Length;
    }
}
