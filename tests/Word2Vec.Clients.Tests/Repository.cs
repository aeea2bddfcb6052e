namespace Word2Vec.Clients.Tests;

/// <summary>Where things lie.</summary>
internal static class Repository
{
    /// <summary>The folder with Word2Vec.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of this project's sources.</summary>
    public static string ClientTests { get; } = Path.Combine(Root, "tests", "Word2Vec.Clients.Tests");

    /// <summary>A folder in which <c>word2vec</c> is the tool that was built.</summary>
    public static string Tools { get; } = MakeTools();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Word2Vec.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No Word2Vec.sln in {AppContext.BaseDirectory} or above it: build the tests inside the repository.");
    }

    private static string MakeTools()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "path");
        Directory.CreateDirectory(folder);
        string program = Path.Combine(AppContext.BaseDirectory, "Word2Vec.CommandLine.dll");
        string script = Path.Combine(folder, "word2vec");
        File.WriteAllText(script, $"#!/bin/sh\nexec dotnet '{program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}
