using System.Text.RegularExpressions;

namespace Word2Vec.Clients.Tests;

/// <summary>
/// A page of docs/tools: its first line names the clients that it needs in a comment (<c>&lt;!-- needs: python:numpy --&gt;</c>), and its
/// blocks of <c>sh</c>, <c>python</c> and <c>js</c> run from top to bottom in one folder.
/// </summary>
internal sealed partial class DocsPage
{
    private readonly IReadOnlyList<(string Language, string Text)> _blocks;

    private DocsPage(string[] lines)
    {
        Match needs = Needs().Match(lines[0]);
        Clients = needs.Success ? needs.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : null;
        _blocks = [.. Blocks(lines)];
    }

    /// <summary>The clients that the page needs; null where its first line does not say.</summary>
    public IReadOnlyList<string>? Clients { get; }

    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "tools");

    public static DocsPage Read(string name) => new(File.ReadAllLines(Path.Combine(Folder, $"{name}.md")));

    /// <summary>Runs the blocks in <paramref name="folder"/> and returns what they printed.</summary>
    public string Run(string folder)
    {
        if (Clients!.Any(client => client.StartsWith("node:", StringComparison.Ordinal)))
            Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Client.NodeModules);
        var output = new List<string>();
        for (int i = 0; i < _blocks.Count; i++)
        {
            (string language, string text) = _blocks[i];
            string file = Path.Combine(folder, $"block{i}{Ending(language)}");
            File.WriteAllText(file, text);
            output.Add(language switch
            {
                "sh" => Shell.Run(folder, "bash", "-e", file),
                "python" => Shell.Run(folder, Client.Python, file),
                _ => Shell.Run(folder, "node", file),
            });
        }

        return string.Concat(output);
    }

    private static string Ending(string language) => language switch { "sh" => ".sh", "python" => ".py", _ => ".mjs" };

    private static IEnumerable<(string Language, string Text)> Blocks(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] is not ("```sh" or "```python" or "```js"))
                continue;
            int end = Array.IndexOf(lines, "```", i + 1);
            yield return (lines[i][3..], string.Join('\n', lines[(i + 1)..end]) + "\n");
            i = end;
        }
    }

    [GeneratedRegex("^<!-- needs:([^>]*) -->$")]
    private static partial Regex Needs();
}

/// <summary>A test of the page docs/tools/NAME.md; skipped, with what is missing, where its clients are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PageFactAttribute : FactAttribute
{
    public PageFactAttribute(string name) => Skip = Client.Missing(DocsPage.Read(name).Clients ?? []);
}
