using System.Reflection;
using System.Runtime.CompilerServices;
using Word2Vec.AI;
using Word2Vec.Kernels;

namespace Word2Vec.Packages.Tests;

public sealed class PublicApiTests
{
    private static readonly Assembly[] Libraries =
        [typeof(SkipGram).Assembly, typeof(GpuDevices).Assembly, typeof(WordEmbeddingGenerator).Assembly];

    [Fact]
    public void What_users_can_call_is_what_PublicApi_txt_lists()
    {
        string approved = Path.Combine(Build.Root, "tests", "Word2Vec.Packages.Tests", "PublicApi.txt");
        string found = Path.Combine(AppContext.BaseDirectory, "PublicApi.found.txt");
        string[] api = [.. Libraries.SelectMany(library => PublicApi.Of(library).Prepend($"# {library.GetName().Name}"))];
        File.WriteAllLines(found, api);
        string[] before = File.Exists(approved) ? File.ReadAllLines(approved) : [];
        string[] old = [.. WithTypes(before)], now = [.. WithTypes(api)];
        string changes = string.Join('\n', old.Except(now).Select(line => "- " + line).Concat(now.Except(old).Select(line => "+ " + line)));
        Assert.True(api.SequenceEqual(before), $"The public API has changed:\n{changes}\nIf that is meant: cp {found} {approved}");
    }

    [Fact]
    public void No_state_is_shared_by_all_callers()
    {
        // What the compiler keeps for itself aside. Where drivers are found can be said once a process, and by whom it was must be remembered.
        string[] known = ["Word2Vec.Kernels.Ilgpu.IlgpuContext.s_resolverSet"];
        var changeable =
            from library in Libraries
            from type in library.GetTypes()
            where !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Namespace?.StartsWith("Word2Vec", StringComparison.Ordinal) == true
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where !field.IsInitOnly && !field.IsLiteral && !field.IsDefined(typeof(CompilerGeneratedAttribute))
            select $"{type.FullName}.{field.Name}";
        Assert.Empty(changeable.Except(known));
    }

    /// <summary>Each member behind its type, for a list of changes.</summary>
    private static IEnumerable<string> WithTypes(IEnumerable<string> lines)
    {
        string type = "";
        foreach (string line in lines)
        {
            type = line.StartsWith(' ') ? type : line;
            yield return line == type ? line : $"{type.Split(" : ")[0]}: {line.Trim()}";
        }
    }
}
