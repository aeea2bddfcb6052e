using Word2Vec.Kernels;

namespace Word2Vec.Packages.Tests;

/// <summary>Packs what the build made, once for all tests.</summary>
public sealed class PackedFixture : IAsyncLifetime
{
    /// <summary>A folder that goes when the tests are done, outside the repository so that its settings do not reach in.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("word2vec-packages-").FullName;

    /// <summary>The folder of the packages.</summary>
    public string Packages => Path.Combine(Folder, "first");

    /// <summary>What packing said.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Whether this build has kernels, and so the package of them.</summary>
    public static bool HasKernels => GpuDevices.LeftOutReason is null;

    public async Task InitializeAsync() => Output = await Pack(Packages);

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>What `dotnet pack` at the root does, into <paramref name="target"/> and without building again.</summary>
    public static Task<string> Pack(string target) =>
        Build.Run(Build.Root, Build.DotNet, ["pack", "Word2Vec.sln", "--no-build", "-c", Build.Configuration, "-o", target, .. Build.Options]);

    internal Package Open(string id, string extension = ".nupkg") => new(Path.Combine(Packages, $"{id}.{Build.Version}{extension}"));
}

/// <summary>The tests that share the packages; they follow one another.</summary>
[CollectionDefinition(Name)]
public sealed class PackedOnce : ICollectionFixture<PackedFixture>
{
    public const string Name = "packed";
}
