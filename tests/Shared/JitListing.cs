using System.Text.RegularExpressions;

namespace Word2Vec.Tests.Shared;

/// <summary>
/// What the runtime's compiler made of some methods: the listing that it writes with DOTNET_JitDisasm and DOTNET_JitStdOutFile, as loops of
/// instructions. Only fully optimized x64 code is taken.
/// </summary>
internal static partial class JitListing
{
    /// <summary>
    /// The method whose type, name and perhaps parameters begin with <paramref name="name"/>, such as <c>CenterDots.Six(</c>; null if it is
    /// not there.
    /// </summary>
    public static JitMethod? Find(IReadOnlyDictionary<string, JitMethod> methods, string name) =>
        methods.FirstOrDefault(method => method.Key.StartsWith(name, StringComparison.Ordinal)).Value;

    /// <summary>
    /// The methods of a listing by type, name and parameters, such as <c>CenterDots.Six(ptr,ptr,int,ptr)</c>; of one that was compiled twice
    /// the last.
    /// </summary>
    public static IReadOnlyDictionary<string, JitMethod> Parse(string text)
    {
        var methods = new Dictionary<string, JitMethod>();
        foreach (string part in text.ReplaceLineEndings("\n").Split("; Assembly listing for method ")[1..])
        {
            Match name = MethodName().Match(part[..part.IndexOf('\n')]);
            if (name.Groups["tier"].Value is not ("FullOpts" or "Tier1"))
                continue;
            string key = $"{name.Groups["type"].Value}.{name.Groups["method"].Value}({name.Groups["parameters"].Value})";
            methods[key] = new JitMethod(Blocks(part.Split('\n')[1..]));
        }

        return methods;
    }

    /// <summary>
    /// Cuts at labels and behind jumps; a block's successors are the target of its jump and, unless it always jumps, the next block.
    /// </summary>
    private static List<JitBlock> Blocks(string[] lines)
    {
        var blocks = new List<JitBlock> { new("") };
        foreach (string line in lines)
        {
            if (Label().Match(line) is { Success: true } label)
                blocks.Add(new JitBlock(label.Groups[1].Value));
            else if (Instruction().Match(line) is { Success: true } instruction && instruction.Groups["name"].Value != "align")
                Add(blocks, instruction.Groups["name"].Value, line.Trim());
        }

        var byLabel = blocks.Select((block, index) => (block.Label, index)).Where(block => block.Label != "").ToDictionary();
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Target is { } target && byLabel.TryGetValue(target, out int place))
                blocks[i].Next.Add(place);
            if (!blocks[i].Ends && i + 1 < blocks.Count)
                blocks[i].Next.Add(i + 1);
        }

        return blocks;
    }

    private static void Add(List<JitBlock> blocks, string name, string instruction)
    {
        JitBlock block = blocks[^1];
        block.Instructions.Add(instruction);
        bool returns = name is "ret" or "int3" || name.StartsWith("tail.", StringComparison.Ordinal);
        if (!returns && !name.StartsWith('j'))
            return;
        block.Target = returns ? null : Target().Match(instruction).Value;
        block.Ends = returns || name == "jmp";
        blocks.Add(new JitBlock(""));
    }

    [GeneratedRegex(
        @"^(?:[\w.+]+[.+])?(?<type>\w+)(?:`\d+)?(?:\[.*\])?:(?<method>\w+)(?:\[.*\])?\((?<parameters>[^()]*)\).*\((?<tier>\w+)[^()]*\)$")]
    private static partial Regex MethodName();

    [GeneratedRegex(@"^(\w+):\s")]
    private static partial Regex Label();

    [GeneratedRegex(@"^ {6,}(?<name>[a-z][\w.]*)(\s|$)")]
    private static partial Regex Instruction();

    [GeneratedRegex(@"\w+$")]
    private static partial Regex Target();
}

/// <summary>Instructions that are executed one after the other, and the blocks that may come next.</summary>
internal sealed class JitBlock(string label)
{
    public string Label => label;

    public List<string> Instructions { get; } = [];

    public List<int> Next { get; } = [];

    /// <summary>The label that its last instruction jumps to.</summary>
    public string? Target { get; set; }

    /// <summary>The next block follows by jumps alone.</summary>
    public bool Ends { get; set; }
}
