using System.Globalization;

namespace Word2Vec.CudaOnCpu;

/// <summary>The text of a module with one kernel, as ILGPU writes it, taken apart: declarations, instructions, labels.</summary>
internal sealed class PtxModule
{
    private readonly Dictionary<string, (int Offset, PtxType Type)> _registers = [];
    private readonly Dictionary<string, int> _parameters = [];
    private readonly Dictionary<string, int> _shared = [];
    private readonly Dictionary<string, int> _local = [];
    private readonly Dictionary<string, int> _labels = [];
    private readonly List<PtxInstruction> _instructions = [];
    private string? _dynamic;

    private PtxModule()
    {
    }

    /// <summary>The kernel's name.</summary>
    public string Entry { get; private set; } = "";

    /// <summary>The version of the language that the module says it is written in, times ten, and the kind of card it says it is for: 90 is SM 9.0.</summary>
    public int Version { get; private set; }

    /// <inheritdoc cref="Version"/>
    public int Target { get; private set; }

    /// <summary>Bytes of all registers of a thread.</summary>
    public int RegisterBytes { get; private set; }

    /// <summary>Bytes of the kernel's parameters.</summary>
    public int ParameterBytes { get; private set; }

    /// <summary>Bytes of shared memory that the module declares; what a launch adds comes behind them, aligned to 16.</summary>
    public int SharedBytes { get; private set; }

    /// <summary>Bytes of a thread's local memory.</summary>
    public int LocalBytes { get; private set; }

    /// <summary>The most threads of a group: <c>.maxntid</c>, for which an assembler finds registers; null: the kernel does not say.</summary>
    public int? MostThreads { get; private set; }

    public IReadOnlyList<PtxInstruction> Instructions => _instructions;

    /// <summary>The instruction behind each label.</summary>
    public IReadOnlyDictionary<string, int> Labels => _labels;

    /// <exception cref="PtxException">The text is not what is understood here.</exception>
    public static PtxModule Parse(string text)
    {
        var module = new PtxModule();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = WithoutComment(lines[i]).Trim();
            if (line.Length > 0)
                module.Take(line, i + 1);
        }

        if (module._dynamic is { } name)
            module._shared[name] = module.SharedBytes = Align(module.SharedBytes, 16);
        return module.Entry.Length > 0 ? module : throw new PtxException(PtxException.Invalid, "no .entry");
    }

    /// <summary>The place of a register among those of its thread, in bytes.</summary>
    public int Register(string name) => Declared(name).Offset;

    /// <summary>What a register was declared as.</summary>
    public PtxType TypeOf(string register) => Declared(register).Type;

    /// <summary>Where a parameter begins.</summary>
    public int Parameter(string name) => _parameters.TryGetValue(name, out int offset) ? offset : throw Unknown("parameter", name);

    /// <summary>The address of a variable, in shared or local memory.</summary>
    public int Variable(string name) => _shared.TryGetValue(name, out int offset) || _local.TryGetValue(name, out offset) ? offset : throw Unknown("variable", name);

    private (int Offset, PtxType Type) Declared(string register) => _registers.TryGetValue(register, out var found) ? found : throw Unknown("register", register);

    private static PtxException Unknown(string what, string name) => new(PtxException.Invalid, $"no {what} {name}");

    private static string WithoutComment(string line) => line.IndexOf("//", StringComparison.Ordinal) is >= 0 and int at ? line[..at] : line;

    private void Take(string line, int number)
    {
        string[] words = line.TrimEnd(';', '(', ',').Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case ".version":
                Version = int.Parse(words[1].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
                break;
            case ".target":
                Target = int.Parse(words[1].AsSpan("sm_".Length), CultureInfo.InvariantCulture);
                break;
            case ".address_size" or "(" or ")" or "{" or "}":
                break;
            case ".maxntid":
                MostThreads = int.Parse(words[1].TrimEnd(','), CultureInfo.InvariantCulture);
                break;
            case ".minnctapersm":
                // For an assembler, which gives registers accordingly.
                break;
            case ".visible" or ".entry":
                Entry = Entry.Length == 0 ? words[^1] : throw new PtxException(PtxException.Invalid, $"line {number}: a second kernel or a function");
                break;
            case ".extern":
                _dynamic = words[^1].TrimEnd('[', ']');
                break;
            case ".shared":
                SharedBytes = Declare(_shared, SharedBytes, words);
                break;
            case ".local":
                LocalBytes = Declare(_local, LocalBytes, words);
                break;
            case ".param":
                ParameterBytes = Declare(_parameters, ParameterBytes, words);
                break;
            case ".reg":
                DeclareRegisters(PtxType.Parse(words[1][1..]), words[2]);
                break;
            case [.., ':']:
                _labels.Add(words[0][..^1], _instructions.Count);
                break;
            case ['.', ..]:
                throw new PtxException(PtxException.Invalid, $"line {number}: {words[0]} is not understood");
            default:
                _instructions.Add(Instruction(line.TrimEnd(';').Trim(), number));
                break;
        }
    }

    /// <summary><c>.align 4 .b8 name[512]</c> or <c>.b64 name</c>.</summary>
    private static int Declare(Dictionary<string, int> places, int end, string[] words)
    {
        string name = words[^1];
        int type = Array.FindLastIndex(words, word => word[0] == '.'), bytes = PtxType.Parse(words[type][1..]).Bytes, count = 1;
        int align = Array.IndexOf(words, ".align") is > 0 and int at ? int.Parse(words[at + 1], CultureInfo.InvariantCulture) : bytes;
        if (name.IndexOf('[', StringComparison.Ordinal) is > 0 and int bracket)
        {
            count = int.Parse(name.AsSpan(bracket + 1, name.Length - bracket - 2), CultureInfo.InvariantCulture);
            name = name[..bracket];
        }

        int start = Align(end, align);
        places.Add(name, start);
        return start + (bytes * count);
    }

    /// <summary><c>%r&lt;488&gt;</c>: %r0 to %r487.</summary>
    private void DeclareRegisters(PtxType type, string name)
    {
        int bracket = name.IndexOf('<', StringComparison.Ordinal), count = int.Parse(name.AsSpan(bracket + 1, name.Length - bracket - 2), CultureInfo.InvariantCulture);
        RegisterBytes = Align(RegisterBytes, 8);
        for (int i = 0; i < count; i++, RegisterBytes += type.Bytes)
            _registers.Add(string.Create(CultureInfo.InvariantCulture, $"{name.AsSpan(0, bracket)}{i}"), (RegisterBytes, type));
    }

    private static PtxInstruction Instruction(string line, int number)
    {
        string? guard = null;
        bool negated = false;
        if (line[0] == '@')
        {
            int space = line.IndexOfAny([' ', '\t']);
            negated = line[1] == '!';
            guard = line[(negated ? 2 : 1)..space];
            line = line[space..].Trim();
        }

        int name = line.IndexOfAny([' ', '\t']);
        return name < 0
            ? new PtxInstruction(number, guard, negated, line.Split('.'), [])
            : new PtxInstruction(number, guard, negated, line[..name].Split('.'), Operands(line[name..]));
    }

    /// <summary>Splits at the commas that stand outside braces.</summary>
    private static string[] Operands(string text)
    {
        var operands = new List<string>();
        int start = 0, depth = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                operands.Add(text[start..i].Trim());
                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            }
        }

        return [.. operands];
    }

    private static int Align(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
