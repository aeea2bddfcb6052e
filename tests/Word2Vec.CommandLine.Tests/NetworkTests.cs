using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Word2Vec.CommandLine.Tests;

/// <summary>Nothing that ships can open a connection: neither our assemblies nor those that come with them name a type or a function that does.</summary>
public class NetworkTests
{
    // What opens connections, of the framework and of the system's library.
    private static readonly string[] Functions = ["socket", "connect", "bind", "listen", "getaddrinfo", "WSAStartup", "curl_easy_init"];

    // For the machine's own name (GetHostName), which a link to a file holds; that connects to nothing.
    private static readonly string[] Harmless = ["Spectre.Console.dll System.Net.Dns"];

    private static string[] Names =>
        [.. Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(path => Path.GetFileName(path)).Where(IsShipped).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Shipped => [.. Names];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void No_shipped_assembly_names_what_opens_connections(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly)));
        Assert.Empty(Offences(file.GetMetadataReader()).Select(name => $"{assembly} {name}").Except(Harmless));
    }

    [Fact]
    public void All_of_ours_are_looked_at()
    {
        foreach (string ours in new[] { "Word2Vec.dll", "Word2Vec.Kernels.dll", "Word2Vec.CommandLine.dll" })
            Assert.Contains(ours, Names);
    }

    // The framework's own library of sockets, in which all of it must be found.
    [Fact]
    public void A_connection_would_be_seen()
    {
        using var file = new PEReader(File.OpenRead(typeof(System.Net.Http.HttpClient).Assembly.Location));
        Assert.NotEmpty(Offences(file.GetMetadataReader()));
    }

    private static bool IsShipped(string name) => !name.Contains("Tests", StringComparison.Ordinal) &&
        new[] { "Word2Vec", "Spectre.", "System.CommandLine", "System.Numerics.Tensors", "ILGPU" }.Any(start => name.StartsWith(start, StringComparison.Ordinal));

    private static IEnumerable<string> Offences(MetadataReader reader)
    {
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            string space = reader.GetString(reader.GetTypeReference(handle).Namespace);
            if (space == "System.Net" || space.StartsWith("System.Net.", StringComparison.Ordinal))
                yield return $"{space}.{reader.GetString(reader.GetTypeReference(handle).Name)}";
        }

        foreach (MethodDefinitionHandle handle in reader.MethodDefinitions)
        {
            MethodDefinition method = reader.GetMethodDefinition(handle);
            bool isImport = method.Attributes.HasFlag(System.Reflection.MethodAttributes.PinvokeImpl);
            string name = isImport ? reader.GetString(method.GetImport().Name) : "";
            if (Functions.Contains(name))
                yield return name;
        }
    }
}
