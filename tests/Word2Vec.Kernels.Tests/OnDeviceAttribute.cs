using System.Reflection;
using Xunit.Sdk;

namespace Word2Vec.Kernels.Tests;

/// <summary>The cases of a theory on the first device of one kind, <c>cuda</c>, <c>opencl</c> or <c>ilgpu-cpu</c>; skipped, with the reason, where there is none.</summary>
/// <param name="cases">The member of the test's class that lists them; null: one case, which is given the kind alone.</param>
/// <remarks>The kind is the first argument of each case, so that <c>--filter DisplayName~cuda</c> takes those of one kind.</remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnDeviceAttribute(string kind, string? cases = null) : DataAttribute
{
    public override string? Skip => Missing.Device(kind);

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => cases is null
        ? [[kind]]
        : new MemberDataAttribute(cases).GetData(testMethod).Select(row => (object[])[kind, .. row]);
}
