using System.Diagnostics;
using System.Reflection;

namespace Word2Vec.Packages.Tests;

/// <summary>What the build that made these tests was told, and how to ask the same SDK for more.</summary>
internal static class Build
{
    /// <summary>The folder that holds Word2Vec.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string Configuration => Told("Configuration");

    public static string Version => Told("Version");

    /// <summary>Where NuGet keeps what it has restored for this build.</summary>
    public static string PackagesFolder => Told("PackagesFolder");

    /// <summary>What a build has to be told again to find what this one made.</summary>
    public static IEnumerable<string> Options =>
        new[] { "ArtifactsPath", "WithoutKernels" }.Where(name => Told(name).Length > 0).Select(name => $"-p:{name}={Told(name)}");

    /// <summary>Runs a program to its end and returns what it wrote; fails the test unless it ends well.</summary>
    /// <param name="packages">The folder that takes the place of NuGet's own; null: the build's.</param>
    public static async Task<string> Run(string folder, string program, IEnumerable<string> arguments, string? packages = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the SDK that runs the tests told itself is not for another that it starts.
        List<string> inherited = [.. start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))];
        inherited.ForEach(name => start.Environment.Remove(name));
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Path.GetFullPath(DotNet));
        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
            start.Environment.Remove("RestoreAdditionalProjectSources");
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', start.ArgumentList)}\n{output}\n{await error}");
        return output;
    }

    /// <summary>The host that runs these tests.</summary>
    public static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath!;

    private static string Told(string name) =>
        typeof(Build).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == name).Value ?? "";

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Word2Vec.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException(
            $"No Word2Vec.sln in {AppContext.BaseDirectory} or above it: build the tests inside the repository.");
    }
}
