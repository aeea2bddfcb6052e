using System.Collections.Concurrent;

namespace Word2Vec.Clients.Tests;

/// <summary>
/// Programs of other people that the tests need: <c>python:gensim</c> is a module, <c>node:sqlite-vec</c> a package,
/// <c>program:sqlite3</c> a program on the path. <c>install.sh</c> beside this file installs them by name.
/// </summary>
internal static class Client
{
    private static readonly ConcurrentDictionary<string, string?> Answers = new();

    /// <summary>The interpreter whose modules the system's packages install; a user's own python3 often stands before it on the path.</summary>
    public static string Python { get; } = Environment.GetEnvironmentVariable("WORD2VEC_PYTHON")
        ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

    /// <summary>Where the packages of Node.js lie.</summary>
    public static string NodeModules { get; } = Path.Combine(Repository.ClientTests, "node_modules");

    /// <summary>Why a test that needs <paramref name="clients"/> cannot run here; null if it can.</summary>
    public static string? Missing(IEnumerable<string> clients)
    {
        string[] missing = [.. clients.Select(client => Answers.GetOrAdd(client, Look)).OfType<string>()];
        return missing.Length == 0 ? null : $"not here: {string.Join(", ", missing)}; tests/Word2Vec.Clients.Tests/install.sh installs what it can";
    }

    private static string? Look(string client)
    {
        (string kind, string name) = (client[..client.IndexOf(':')], client[(client.IndexOf(':') + 1)..]);
        bool isHere = kind switch
        {
            "python" => Shell.Succeeds(Python, "-c", $"import {name}"),
            "node" => Shell.Succeeds("node", "--version") && Directory.Exists(Path.Combine(NodeModules, name)),
            "program" => Shell.Succeeds(name, "--version"),
            _ => throw new ArgumentException($"'{client}' is not python:, node: or program: with a name.", nameof(client)),
        };
        return isHere ? null : $"{name} ({kind})";
    }
}

/// <summary>A test that needs clients; skipped, with what is missing, where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClientFactAttribute : FactAttribute
{
    public ClientFactAttribute(params string[] clients) => Skip = Client.Missing(clients);
}

/// <summary>As <see cref="ClientFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClientTheoryAttribute : TheoryAttribute
{
    public ClientTheoryAttribute(params string[] clients) => Skip = Client.Missing(clients);
}
