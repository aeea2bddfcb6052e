using System.Security.Cryptography;
using System.Xml.Linq;
using Word2Vec.Kernels;

namespace Word2Vec.Packages.Tests;

[Collection(PackedOnce.Name)]
public sealed class PackageTests(PackedFixture packed)
{
    private static readonly string[] Ids =
        ["Word2Vec", "Word2Vec.AI", "Word2Vec.CommandLine", .. PackedFixture.HasKernels ? new[] { "Word2Vec.Gpu" } : []];

    [Fact]
    public void There_are_these_packages_and_their_symbols_and_no_others() => Assert.Equal(
        Ids.SelectMany(id => new[] { $"{id}.{Build.Version}.nupkg", $"{id}.{Build.Version}.snupkg" }).Order(StringComparer.Ordinal),
        Directory.GetFiles(packed.Packages).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void A_package_of_kernels_is_left_out_with_a_line_that_says_why_or_not_at_all()
    {
        string line = $"Package Word2Vec.Gpu left out, for it would have no kernels: {GpuDevices.LeftOutReason}";
        if (PackedFixture.HasKernels)
            Assert.DoesNotContain("left out", packed.Output, StringComparison.Ordinal);
        else
            Assert.Contains(line, packed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Word2Vec", "System.Numerics.Tensors 10.0.0")]
    [InlineData("Word2Vec.AI", "Word2Vec {0}", "Microsoft.Extensions.AI.Abstractions 10.11.0", "System.Numerics.Tensors 10.0.0")]
    [InlineData("Word2Vec.Gpu", "Word2Vec {0}", "ILGPU [1.5.3]", "ILGPU.Algorithms [1.5.3]")]
    [InlineData("Word2Vec.CommandLine")]
    public void It_asks_for_these_packages_and_no_others(string id, params string[] expected)
    {
        if (Ids.Contains(id))
            Assert.Equal(expected.Select(each => each.Replace("{0}", Build.Version)).Order(), packed.Open(id).Dependencies.Order());
    }

    [Theory]
    [InlineData("Word2Vec", "Word2Vec")]
    [InlineData("Word2Vec.AI", "Word2Vec.AI")]
    [InlineData("Word2Vec.Gpu", "Word2Vec.Kernels")]
    public void A_library_comes_with_documentation_and_symbols(string id, string assembly)
    {
        if (!Ids.Contains(id))
            return;
        Package package = packed.Open(id);
        var library = package.Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order();
        Assert.Equal([$"lib/net10.0/{assembly}.dll", $"lib/net10.0/{assembly}.xml"], library);
        Assert.NotEmpty(XDocument.Parse(package.Text($"lib/net10.0/{assembly}.xml")).Descendants("member"));
        Assert.Contains($"lib/net10.0/{assembly}.pdb", packed.Open(id, ".snupkg").Files);
    }

    [Fact]
    public void The_tool_holds_what_it_needs()
    {
        Package package = packed.Open("Word2Vec.CommandLine");
        Assert.Contains("<packageType name=\"DotnetTool\" />", package.Text("Word2Vec.CommandLine.nuspec"), StringComparison.Ordinal);
        Assert.Contains("Name=\"word2vec\"", package.Text("tools/net10.0/any/DotnetToolSettings.xml"), StringComparison.Ordinal);
        Assert.Contains("tools/net10.0/any/corpora/small-world.txt", package.Files);
        Assert.Equal(PackedFixture.HasKernels, package.Files.Contains("tools/net10.0/any/ILGPU.dll"));
    }

    [Fact]
    public void Each_says_who_made_it_what_it_is_and_what_may_be_done_with_it() => Assert.All(Ids, id =>
    {
        Package package = packed.Open(id);
        Assert.Equal((id, Build.Version), (package.Metadata("id")!.Value, package.Metadata("version")!.Value));
        Assert.Equal("MIT", package.Metadata("license")!.Value);
        Assert.Equal(File.ReadAllText(Path.Combine(Build.Root, "LICENSE")), package.Text("LICENSE"));
        Assert.Equal("README.md", package.Metadata("readme")!.Value);
        Assert.StartsWith($"# {id}\n", package.Text("README.md"), StringComparison.Ordinal);
        Assert.InRange(package.Metadata("description")!.Value.Length, 60, 250);
        Assert.Contains("word2vec", package.Metadata("tags")!.Value.Split(' '));
        Assert.Equal("The Word2Vec authors", package.Metadata("authors")!.Value);
    });

    [Fact]
    public void No_address_of_a_repository_is_made_up() => Assert.All(Ids, id =>
    {
        string? address = packed.Open(id).Metadata("repository")?.Attribute("url")?.Value;
        Assert.True(address is null || Environment.GetEnvironmentVariable("CI") == "true", $"{id} names {address}.");
        Assert.Null(packed.Open(id).Metadata("projectUrl"));
    });

    [Fact]
    public void Nothing_in_a_readme_leads_into_the_repository() => Assert.All(Ids, id =>
    {
        // The gallery shows the page alone: a link must be a whole address.
        Assert.DoesNotMatch(@"\]\((?!https://)", packed.Open(id).Text("README.md"));
    });

    [Fact]
    public async Task Packing_twice_gives_the_same_bytes()
    {
        string second = Path.Combine(packed.Folder, "second");
        await PackedFixture.Pack(second);
        Assert.Equal(Hashes(packed.Packages), Hashes(second));
    }

    private static IEnumerable<string> Hashes(string folder) => Directory.GetFiles(folder).Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}");
}
