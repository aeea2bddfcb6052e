using ILGPU.Runtime.OpenCL;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What ILGPU throws, in words.</summary>
internal static class IlgpuErrors
{
    /// <summary>What <paramref name="error"/> says: ILGPU's exception for OpenCL has a code and no words.</summary>
    public static string Words(Exception error) => error is CLException openCl ? $"OpenCL answered {openCl.Error}" : error.Message;
}
