using System.Reflection;
using System.Runtime.CompilerServices;
using Word2Vec.AI;
using Word2Vec.Kernels;

namespace Word2Vec.Packages.Tests;

public sealed class PublicApiTests
{
    private static readonly Assembly[] Libraries = [typeof(SkipGram).Assembly, typeof(GpuDevices).Assembly, typeof(WordEmbeddingGenerator).Assembly];

    [Fact]
    public void What_users_can_call_is_what_PublicApi_txt_lists()
    {
        string approved = Path.Combine(Build.Root, "tests", "Word2Vec.Packages.Tests", "PublicApi.txt");
        string found = Path.Combine(AppContext.BaseDirectory, "PublicApi.found.txt");
        string[] api = [.. Libraries.SelectMany(library => PublicApi.Of(library).Prepend($"# {library.GetName().Name}"))];
        File.WriteAllLines(found, api);
        string[] before = File.Exists(approved) ? File.ReadAllLines(approved) : [];
        string changes = string.Join('\n', before.Except(api).Select(line => "- " + line).Concat(api.Except(before).Select(line => "+ " + line)));
        Assert.True(api.SequenceEqual(before), $"The public API has changed:\n{changes}\nIf that is meant: cp {found} {approved}");
    }

    [Fact]
    public void No_state_is_shared_by_all_callers()
    {
        // What the compiler keeps for itself aside; a constant of the process may be found out late, but not changed again.
        string[] known = ["Word2Vec.Kernels.IlgpuContext.s_resolverSet"];
        var changeable =
            from library in Libraries
            from type in library.GetTypes()
            where !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Namespace?.StartsWith("Word2Vec", StringComparison.Ordinal) == true
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where !field.IsInitOnly && !field.IsLiteral && !field.IsDefined(typeof(CompilerGeneratedAttribute))
            select $"{type.FullName}.{field.Name}";
        Assert.Empty(changeable.Except(known));
    }
}
