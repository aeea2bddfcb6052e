using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Word2Vec.Tests;

public partial class HouseTests
{
    private const int LongestFile = 350;

    /// <summary>The packages that have one place only, by the folder that may name them.</summary>
    private static readonly (string Package, string Folder)[] Walls =
    [
        ("ILGPU", "kernels/"),
        ("Spectre.Console", "src/Word2Vec.CommandLine/"),
        ("System.CommandLine", "src/Word2Vec.CommandLine/"),
        ("Microsoft.Extensions.AI", "src/Word2Vec.AI/"),
    ];

    /// <summary>What the libraries' packages hand on to projects whose other packages may ask for newer ones: of these the lowest is named.</summary>
    private static readonly HashSet<string> HandedOn = ["Microsoft.Extensions.AI.Abstractions", "System.Numerics.Tensors"];

    [Fact]
    public void Data_flows_down_the_rooms_and_kernels_see_only_the_seam()
    {
        var types = House.TypesOfRooms();
        var files = House.Files("src/Word2Vec", "*.cs").Concat(House.Files("kernels", "*.cs")).ToList();
        Assert.True(files.Count > 20, $"only {files.Count} files under {House.Root}: the test looks in the wrong place");
        AssertNone(files.SelectMany(file => House.OrderOffences(file, House.Lines(file), types)));
    }

    [Theory]
    [InlineData("src/Word2Vec/Words/Vocabulary.cs", "using Word2Vec.Training;")]
    [InlineData("src/Word2Vec/Words/Vocabulary.cs", "global using static Word2Vec.Training.Trainer;")]
    [InlineData("src/Word2Vec/Numerics/Dot.cs", "    var file = new Word2Vec.Formats.VectorFile();")]
    [InlineData("src/Word2Vec/Vectors/WordVectors.cs", "    private readonly Sampling.Sampler sampler;")]
    [InlineData("src/Word2Vec/Training/Trainer.cs", "using Word2Vec.Vectors;")]
    [InlineData("src/Word2Vec/Formats/VectorFile.cs", "using Word2Vec.Queries;")]
    [InlineData("src/Word2Vec/Helpers/Helper.cs", "using Word2Vec.Numerics;")]
    [InlineData("kernels/Ilgpu/Kernel.cs", "using Word2Vec.Corpora;")]
    public void A_use_against_the_order_is_found(string file, string line) => Assert.Single(Offences(file, line));

    [Theory]
    [InlineData("src/Word2Vec/Training/Trainer.cs", "using Word2Vec.Numerics;")]
    [InlineData("src/Word2Vec/Training/Trainer.cs", "    private readonly Sampling.Sampler sampler;")]
    [InlineData("src/Word2Vec/Evaluation/Analogies.cs", "using Word2Vec.Corpora;")]
    [InlineData("src/Word2Vec/Words/Vocabulary.cs", "    var width = Vectors.Length;")]
    [InlineData("src/Word2Vec/Words/Vocabulary.cs", "    /// <see cref=\"Word2Vec.Training.Trainer\"/>")]
    [InlineData("src/Word2Vec/SkipGram.cs", "using Word2Vec.Formats;")]
    [InlineData("kernels/Ilgpu/Kernel.cs", "using Word2Vec.Training;")]
    public void A_use_down_the_order_is_allowed(string file, string line) => Assert.Empty(Offences(file, line));

    [Fact]
    public void Namespaces_follow_folders()
    {
        var offences =
            from file in House.Files("src/Word2Vec", "*.cs")
            let room = House.RoomOf(file)
            let expected = room is null ? "namespace Word2Vec;" : $"namespace Word2Vec.{room};"
            let found = House.Lines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))
            where found is not null && found != expected
            select $"{file} says \"{found}\"; by its folder it is \"{expected}\".";
        AssertNone(offences);
    }

    [Fact]
    public void Every_folder_of_the_library_is_a_room()
    {
        var folders = House.Files("src/Word2Vec", "*.cs").Select(House.RoomOf).OfType<string>().Distinct();
        AssertNone(folders.Except(House.Rooms).Select(folder => $"src/Word2Vec/{folder} is no room of the house: add its row to House.cs and docs/architecture.md."));
    }

    [Fact]
    public void ILGPU_is_used_only_by_the_kernels_and_their_tests() => AssertNone(
        CodeOffences(["src", "tests", "corpora"], UseOfIlgpu(), "uses ILGPU; only kernels/ and tests/Word2Vec.Kernels.Tests may.")
            .Where(sentence => !sentence.StartsWith("tests/Word2Vec.Kernels.Tests/", StringComparison.Ordinal))
            // It names what a package asks for.
            .Where(sentence => !sentence.StartsWith("tests/Word2Vec.Packages.Tests/PackageTests.cs", StringComparison.Ordinal)));

    [Fact]
    public void The_library_and_the_kernels_never_write_to_the_console_or_end_the_process() => AssertNone(
        CodeOffences(["src/Word2Vec", "src/Word2Vec.AI", "kernels"], UseOfConsole(), "writes to the console or ends the process; only the command line may."));

    [Fact]
    public void No_file_is_too_long_to_be_read_at_once()
    {
        var offences =
            from folder in new[] { "src", "kernels", "tests", "corpora" }
            from file in House.Files(folder, "*.cs")
            let length = House.Lines(file).Length
            where length > LongestFile
            select $"{file} has {length} lines; {LongestFile} is the most: split it by noun.";
        AssertNone(offences);
    }

    [Fact]
    public void Package_versions_are_exact_and_in_one_place()
    {
        var central = XDocument.Load(Path.Combine(House.Root, "Directory.Packages.props"));
        var versions = central.Descendants("PackageVersion").ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Version")!.Value);
        Assert.NotEmpty(versions);
        var inexact = versions.Where(pair => !(HandedOn.Contains(pair.Key) ? LowestVersion() : ExactVersion()).IsMatch(Expanded(pair.Value, central)))
            .Select(pair => $"Directory.Packages.props: {pair.Key} has version \"{pair.Value}\"; " +
                "an exact one is [x.y.z], the lowest one of a package that is handed on x.y.z.");
        var elsewhere = References().Where(reference => reference.Item.Attribute("Version") is not null || reference.Item.Attribute("VersionOverride") is not null)
            .Select(reference => $"{reference.File}: {reference.Package} carries its own version; versions belong in Directory.Packages.props.");
        AssertNone(inexact.Concat(elsewhere));
    }

    [Fact]
    public void Packages_stay_behind_their_walls()
    {
        var offences =
            from reference in References()
            from wall in Walls
            where (reference.Package == wall.Package || reference.Package.StartsWith(wall.Package + ".", StringComparison.Ordinal))
                && !reference.File.StartsWith(wall.Folder, StringComparison.Ordinal)
            select $"{reference.File} names the package {reference.Package}; only {wall.Folder} may.";
        AssertNone(offences);
    }

    [Fact]
    public void What_is_packed_as_a_library_documents_every_public_member_and_shows_a_readme()
    {
        string[] libraries = ["src/Word2Vec/Word2Vec.csproj", "src/Word2Vec.AI/Word2Vec.AI.csproj", "kernels/Word2Vec.Kernels.csproj"];
        var undocumented = libraries.Where(file => House.Lines(file).Any(line => line.Contains("CS1591", StringComparison.Ordinal)))
            .Select(file => $"{file} lets public members go without documentation (CS1591).");
        var withoutReadme = libraries.Select(file => Path.GetDirectoryName(file)!).Append("src/Word2Vec.CommandLine")
            .Where(folder => !File.Exists(Path.Combine(House.Root, folder, "PACKAGE.md")))
            .Select(folder => $"{folder} has no PACKAGE.md.");
        AssertNone(undocumented.Concat(withoutReadme));
        string everywhere = File.ReadAllText(Path.Combine(House.Root, "Directory.Build.props"));
        Assert.Contains("<GenerateDocumentationFile>true<", everywhere, StringComparison.Ordinal);
        Assert.DoesNotContain("CS1591", everywhere, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Offences(string file, string line) =>
        House.OrderOffences(file, ["// the first line", line], new Dictionary<string, string> { ["Sampler"] = "Sampling", ["Trainer"] = "Training" });

    private static IEnumerable<string> CodeOffences(string[] folders, Regex pattern, string sentence) =>
        from folder in folders
        from file in House.Files(folder, "*.cs")
        from line in House.Code(House.Lines(file))
        where pattern.IsMatch(line.Text)
        select $"{file}:{line.Number} {sentence}";

    private static IEnumerable<(string File, string Package, XElement Item)> References() =>
        from folder in new[] { "src", "kernels", "tests" }
        from file in House.Files(folder, "*.csproj").Concat(House.Files(folder, "*.targets")).Concat(House.Files(folder, "*.props"))
        from item in XDocument.Load(Path.Combine(House.Root, file)).Descendants("PackageReference")
        from package in item.Attribute("Include")?.Value.Split(';') ?? []
        select (file, package, item);

    private static string Expanded(string version, XDocument properties) =>
        Property().Replace(version, match => properties.Descendants(match.Groups[1].Value).Single().Value);

    private static void AssertNone(IEnumerable<string> offences)
    {
        var found = offences.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [GeneratedRegex(@"\busing\s+(static\s+)?(\w+\s*=\s*)?(global::)?ILGPU\b|\bILGPU\.[A-Z]")]
    private static partial Regex UseOfIlgpu();

    [GeneratedRegex(@"\bConsole\.(?!OpenStandardInput\b|IsInputRedirected\b)|\bEnvironment\.(Exit|FailFast)\b")]
    private static partial Regex UseOfConsole();

    [GeneratedRegex(@"^\[\d+\.\d+\.\d+\]$")]
    private static partial Regex ExactVersion();

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex LowestVersion();

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex Property();
}
