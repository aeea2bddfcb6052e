using System.Text.RegularExpressions;

namespace Word2Vec.Packages.Tests;

/// <summary>What users do with the packages, in a folder that knows nothing of this repository.</summary>
[Collection(PackedOnce.Name)]
public sealed partial class InstallTests(PackedFixture packed)
{
    private static readonly string[] Libraries = ["Word2Vec", .. PackedFixture.HasKernels ? new[] { "Word2Vec.Gpu" } : [], "Word2Vec.AI"];

    [Fact]
    public async Task The_examples_of_the_readmes_build_and_run_in_a_fresh_project()
    {
        string folder = Directory.CreateDirectory(Path.Combine(packed.Folder, "fresh")).FullName;
        await WriteProject(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Program());
        await File.WriteAllTextAsync(Path.Combine(folder, "reviews.txt"), Reviews());
        await Build.Run(folder, Build.DotNet, ["build", "-v:q", "-o", "out"], OwnPackages);
        string output = await Build.Run(folder, Build.DotNet, [Path.Combine("out", "fresh.dll")], OwnPackages);
        Assert.Equal(10, Similarity().Count(output));
        Assert.Equal(2, Lists().Count(output));
        Assert.Matches(@"(?m)^100\s?%\r?$", output);
        Assert.Equal(PackedFixture.HasKernels, output.Contains(" words, trained on ", StringComparison.Ordinal));
        Assert.Matches(@"(?m)^2 embeddings of 100, 7 words\r?$", output);
    }

    [Fact]
    public async Task The_tool_installs_and_tells_its_version()
    {
        string folder = Directory.CreateDirectory(Path.Combine(packed.Folder, "tool")).FullName;
        await WriteSources(folder);
        string[] install = ["tool", "install", "Word2Vec.CommandLine", "--version", Build.Version, "--tool-path", "bin"];
        await Build.Run(folder, Build.DotNet, install, OwnPackages);
        string tool = Path.Combine(folder, "bin", OperatingSystem.IsWindows() ? "word2vec.exe" : "word2vec");
        Assert.Equal($"word2vec {Build.Version}", (await Build.Run(folder, tool, ["--version"])).Trim());
    }

    // NuGet must not keep these packages where it keeps those of other projects: the next build has the same version.
    private string OwnPackages => Path.Combine(packed.Folder, "restored");

    /// <summary>The examples that are whole programs; one is a line for a program that has services.</summary>
    private static IEnumerable<string> Examples(string readme) => Example().Matches(readme)
        .Select(match => match.Groups[1].Value)
        .Where(code => !code.StartsWith("services.", StringComparison.Ordinal));

    private static string Reviews() => string.Concat(Enumerable.Range(0, 300).Select(i =>
        $"the {(i % 2 == 0 ? "battery" : "charger")} of this phone died after {(i % 3 == 0 ? "a week" : "two days")} and was sent back\n"));

    /// <summary>All examples of all libraries and of the repository, each in a function of its own, since a program has one beginning.</summary>
    private string Program()
    {
        // Those of the repository's README come last: they use the file that the ones before them wrote.
        string[] examples =
        [
            .. Libraries.SelectMany(id => Examples(packed.Open(id).Text("README.md"))),
            .. Examples(File.ReadAllText(Path.Combine(Build.Root, "README.md"))),
        ];
        Assert.Equal(Libraries.Length + 2 + 2, examples.Length);
        var lines = examples.Select(code => code.Split('\n')).ToList();
        return string.Join('\n',
        [
            .. lines.SelectMany(code => code.Where(IsImport)).Distinct(),
            .. lines.Select((_, i) => $"await Example{i}();"),
            .. lines.SelectMany((code, i) => new[] { $"static async Task Example{i}()", "{", "await Task.Yield();" }
                .Concat(code.Where(line => !IsImport(line))).Append("}")),
        ]);

        static bool IsImport(string line) => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=');
    }

    /// <summary>What `dotnet new console` makes, with the packages; warnings, which a user would see, are errors.</summary>
    private async Task WriteProject(string folder)
    {
        await WriteSources(folder);
        string references = string.Concat(Libraries.Select(id => $"""<PackageReference Include="{id}" Version="{Build.Version}" />"""));
        await File.WriteAllTextAsync(Path.Combine(folder, "fresh.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <UseAppHost>false</UseAppHost>
                <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
                <RestoreFallbackFolders>{Build.PackagesFolder}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup><Compile Include="Program.cs" />{references}</ItemGroup>
            </Project>
            """);
    }

    /// <summary>
    /// The packages' folder as the only source: what else they ask for was restored for this build and lies in the fallback folder.
    /// </summary>
    private Task WriteSources(string folder) => File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""
        <configuration>
          <packageSources><clear /><add key="packed" value="{packed.Packages}" /></packageSources>
        </configuration>
        """);

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"(?m)^\w+, 3 lists, [01]\.\d\d\r?$")]
    private static partial Regex Lists();

    [GeneratedRegex(@"(?m)^-?\d\.\d{3}  \S+\r?$")]
    private static partial Regex Similarity();
}
