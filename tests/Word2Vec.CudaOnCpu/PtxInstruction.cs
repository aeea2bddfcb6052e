namespace Word2Vec.CudaOnCpu;

/// <summary>One instruction of PTX (NVIDIA, Parallel Thread Execution ISA 8.0, section 4.3).</summary>
/// <param name="Line">Its line in the text, from 1.</param>
/// <param name="Guard">The predicate that it executes under; null: always.</param>
/// <param name="GuardNegated">Whether it executes where the predicate is false.</param>
/// <param name="Name">The operation with its modifiers, in parts: <c>ld</c>, <c>global</c>, <c>v4</c>, <c>f32</c>.</param>
/// <param name="Operands">As written; those in braces or brackets with them.</param>
internal sealed record PtxInstruction(int Line, string? Guard, bool GuardNegated, string[] Name, string[] Operands)
{
    /// <summary>The operation: <c>ld</c>.</summary>
    public string Operation => Name[0];

    /// <summary>What it operates on: its last modifier.</summary>
    public PtxType Type => PtxType.Parse(Name[^1]);

    /// <summary>Whether a modifier is there.</summary>
    public bool Has(string modifier) => Array.IndexOf(Name, modifier, 1) > 0;

    public override string ToString() =>
        $"line {Line}: {(Guard is null ? "" : $"@{(GuardNegated ? "!" : "")}{Guard} ")}{string.Join('.', Name)} {string.Join(", ", Operands)}";
}

/// <summary>A fundamental type of PTX: how many bits, and how they are read.</summary>
/// <param name="Kind"><c>b</c>its, <c>u</c>nsigned, <c>s</c>igned, <c>f</c>loating point or <c>p</c>redicate.</param>
internal readonly record struct PtxType(char Kind, int Bits)
{
    public static readonly PtxType Predicate = new('p', 8);

    public int Bytes => Bits / 8;

    public bool IsSigned => Kind == 's';

    public bool IsFloat => Kind == 'f';

    public static PtxType Parse(string name) => name == "pred"
        ? Predicate
        : name.Length is 2 or 3 && "busf".Contains(name[0]) && int.TryParse(name.AsSpan(1), out int bits) && bits is 8 or 16 or 32 or 64
            ? new PtxType(name[0], bits)
            : throw new PtxException(PtxException.Invalid, $"no type that is known here: .{name}");
}
