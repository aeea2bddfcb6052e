using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Word2Vec.Tests.Shared;

namespace Word2Vec.CommandLine.Tests;

/// <summary>What the runtime's compiler makes of the hot methods at one register width, from a run of the tool that trains.</summary>
internal static class MachineCode
{
    private const string Methods = "Six SixByOne SixByTwo Three Take Eight Four Centers AddChanges NegativeGradients CenterGradients";

    // 44 negatives need every kind of block: five eights and a four; with 16 lanes two registers and one, with 8 three times two.
    private static readonly string[] Options =
        ["--tile-negatives", "44", "--size", "20", "--epochs", "1", "--threads", "1", "--device", "cpu", "--no-cache", "--quiet"];

    private static readonly Lazy<Listing> Avx512Code = new(() => List("avx512")), Avx2Code = new(() => List("avx2"));

    /// <summary>The methods at <paramref name="width"/>, a value of WORD2VEC_SIMD; empty where this runtime writes no listing.</summary>
    public static IReadOnlyDictionary<string, JitMethod> At(string width)
    {
        Assert.Equal((0, ""), (ListingAt(width).ExitCode, ListingAt(width).Error));
        return ListingAt(width).Methods;
    }

    /// <summary>Why there is nothing to be read at <paramref name="width"/>; null when there is.</summary>
    public static string? Missing(string width)
    {
        bool there = width == "avx512" ? Avx512F.IsSupported && Vector512.IsHardwareAccelerated : Avx2.IsSupported && Fma.IsSupported;
        if (!there)
            return $"this processor has no {width}";

        // A run that failed is a failure of the test, not a reason to skip it.
        return ListingAt(width) is { ExitCode: 0, Methods.Count: 0 } ? "this runtime lists no compiled code (DOTNET_JitDisasm)" : null;
    }

    private static Listing ListingAt(string width) => (width == "avx512" ? Avx512Code : Avx2Code).Value;

    private static Listing List(string width)
    {
        using var tool = new Tool();
        string sentence = "one two three four five six seven eight nine ten eleven twelve\n", listing = tool.PathOf("listing.txt");
        string corpus = tool.Write("corpus.txt", string.Concat(Enumerable.Repeat(sentence, 50)));
        var start = new ProcessStartInfo("dotnet", [typeof(App).Assembly.Location, "train", corpus, "-o", tool.PathOf("v.bin"), .. Options])
        {
            RedirectStandardError = true,
        };
        start.Environment["WORD2VEC_SIMD"] = width;
        start.Environment["DOTNET_JitStdOutFile"] = listing;
        start.Environment["DOTNET_JitDisasm"] = Methods;

        // With all 32 registers, as on a processor with AVX-512, even AVX2's code would have room for what spills in 16.
        if (width == "avx2")
            start.Environment["DOTNET_EnableAVX512"] = "0";
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return new Listing(process.ExitCode, error, JitListing.Parse(File.Exists(listing) ? File.ReadAllText(listing) : ""));
    }

    private sealed record Listing(int ExitCode, string Error, IReadOnlyDictionary<string, JitMethod> Methods);
}

/// <summary>A test that reads machine code at one register width; skipped where there is none to be read.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MachineCodeTheoryAttribute : TheoryAttribute
{
    public MachineCodeTheoryAttribute(string width) => Skip = MachineCode.Missing(width);
}
