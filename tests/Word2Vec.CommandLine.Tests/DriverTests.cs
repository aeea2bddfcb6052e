using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Word2Vec.CommandLine.Tests;

/// <summary>Drivers on a machine that only runs programs: their libraries bear versioned names, and no other.</summary>
public class DriverTests
{
    /// <summary>The runtime's own library stands in for a driver that is damaged: it can be loaded, and has none of the functions.</summary>
    [Theory]
    [InlineData("libcuda.so.1", "cuda")]
    [InlineData("libOpenCL.so.1", "opencl")]
    public void A_driver_is_found_under_its_versioned_name_and_a_library_that_is_none_is_passed_over(string library, string kind)
    {
        // The dynamic linker of the GNU C library tells what it loads.
        if (!OperatingSystem.IsLinux() || RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal))
            return;
        using var tool = new Tool();
        string drivers = Directory.CreateDirectory(tool.PathOf("drivers")).FullName, driver = Path.Combine(drivers, library);
        File.Copy(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so"), driver);
        var start = new ProcessStartInfo("dotnet", [typeof(App).Assembly.Location, "devices"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LD_LIBRARY_PATH"] = drivers;
        start.Environment["LD_DEBUG"] = "files";
        start.Environment["LD_DEBUG_OUTPUT"] = tool.PathOf("linker");
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd(), error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        Assert.Contains($"calling init: {driver}", File.ReadAllText(tool.PathOf($"linker.{process.Id}")), StringComparison.Ordinal);
        Assert.Contains("\ncpu ", output, StringComparison.Ordinal);
        Assert.DoesNotContain($"\n{kind}:", output, StringComparison.Ordinal);
    }
}
