using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace Word2Vec.CudaOnCpu;

/// <summary>Writes the code that moves operands between a thread's registers and the evaluation stack, and that branches.</summary>
/// <remarks>A register lies in its thread's state and, between two entries, in a local variable, which is written to the state only where somebody reads it later.</remarks>
internal sealed class PtxEmitter(ILGenerator il, PtxModule module, PtxLiveness liveness)
{
    private readonly Dictionary<string, LocalBuilder> _locals = [];
    private readonly HashSet<string> _held = [];

    /// <summary>The instruction that code is written for.</summary>
    public int At { get; set; }

    public ILGenerator Il => il;

    public PtxModule Module => module;

    /// <summary>A pointer that each access to memory sets for itself.</summary>
    public LocalBuilder Pointer { get; } = il.DeclareLocal(typeof(nint));

    /// <summary>Where the group's shared memory lies, below which address accesses to it need not be looked at, and the address of the present one.</summary>
    public LocalBuilder SharedStart { get; } = il.DeclareLocal(typeof(nint));

    public LocalBuilder Unseen { get; } = il.DeclareLocal(typeof(long));

    public LocalBuilder SharedAddress { get; } = il.DeclareLocal(typeof(long));

    /// <summary>What is done once whenever the code is entered.</summary>
    public void Begin()
    {
        FromMemory(nameof(GroupMemory.Start), OpCodes.Ldind_I, SharedStart);
        FromMemory(nameof(GroupMemory.Unseen), OpCodes.Ldind_I8, Unseen);
    }

    /// <summary>From here on code can be entered from elsewhere: no local variable holds anything.</summary>
    public void Enter() => _held.Clear();

    /// <summary>Pushes an operand: a register, a number, a variable's address, a special register.</summary>
    public void Load(string operand, PtxType type)
    {
        if (operand[0] == '%')
        {
            if (Special(operand) is { } field)
            {
                LoadHeader(field);
                return;
            }

            Hold(operand);
            il.Emit(OpCodes.Ldloc, Local(operand));
            Reread(module.TypeOf(operand), type);
        }
        else if (operand.StartsWith("0f", StringComparison.OrdinalIgnoreCase) && operand.Length == 10)
        {
            int bits = int.Parse(operand.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (type.IsFloat)
                il.Emit(OpCodes.Ldc_R4, BitConverter.Int32BitsToSingle(bits));
            else
                il.Emit(OpCodes.Ldc_I4, bits);
        }
        else
        {
            long number = char.IsAsciiDigit(operand[0]) || operand[0] == '-' ? Number(operand) : module.Variable(operand);
            if (type.Bits == 64)
                il.Emit(OpCodes.Ldc_I8, number);
            else
                il.Emit(OpCodes.Ldc_I4, unchecked((int)number));
            if (type.IsFloat)
                Reread(type with { Kind = 'b' }, type);
        }
    }

    /// <summary>Sees to it that an operand that is a register lies in its local variable: before a branch, behind which it is loaded on one side only.</summary>
    public void Hold(string operand)
    {
        if (operand[0] != '%' || Special(operand) is not null || !_held.Add(operand))
            return;
        Address(operand);
        LoadIndirect(module.TypeOf(operand));
        il.Emit(OpCodes.Stloc, Local(operand));
    }

    /// <summary>Sets a register to what <paramref name="value"/> pushes.</summary>
    public void Store(string register, PtxType type, Action value)
    {
        value();
        StoreTop(register, type);
    }

    /// <summary>Sets a register to the value that is on top.</summary>
    public void StoreTop(string register, PtxType type)
    {
        PtxType own = module.TypeOf(register);
        Reread(type, own);
        LocalBuilder local = Local(register);
        il.Emit(OpCodes.Stloc, local);
        _held.Add(register);
        if (!liveness.IsReadLater(At, register))
            return;
        Address(register);
        il.Emit(OpCodes.Ldloc, local);
        StoreIndirect(own);
    }

    /// <summary>Pushes where a register lies.</summary>
    public void Address(string register)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, ThreadHeader.Bytes + module.Register(register));
        il.Emit(OpCodes.Add);
    }

    /// <summary>Pushes the 64-bit address that <c>[base+offset]</c> or <c>[base]</c> says; of a parameter, where it lies.</summary>
    public void MemoryAddress(string operand, bool parameter)
    {
        string inside = operand[1..^1].Trim();
        int plus = inside.LastIndexOf('+');
        string name = plus < 0 ? inside : inside[..plus];
        long offset = plus < 0 ? 0 : Number(inside[(plus + 1)..]);
        if (parameter)
        {
            LoadHeader(nameof(ThreadHeader.Parameters));
            il.Emit(OpCodes.Ldc_I4, (int)(module.Parameter(name) + offset));
            il.Emit(OpCodes.Add);
            return;
        }

        Load(name, new PtxType('b', 64));
        if (offset != 0)
        {
            il.Emit(OpCodes.Ldc_I8, offset);
            il.Emit(OpCodes.Add);
        }
    }

    /// <summary>Replaces an address of this processor by what lies there.</summary>
    public void LoadIndirect(PtxType type) => il.Emit(type switch
    {
        { IsFloat: true, Bits: 32 } => OpCodes.Ldind_R4,
        { IsFloat: true, Bits: 64 } => OpCodes.Ldind_R8,
        { Bits: 64 } => OpCodes.Ldind_I8,
        { Bits: 32 } => OpCodes.Ldind_I4,
        { Bits: 16, IsSigned: true } => OpCodes.Ldind_I2,
        { Bits: 16 } => OpCodes.Ldind_U2,
        { IsSigned: true } => OpCodes.Ldind_I1,
        _ => OpCodes.Ldind_U1,
    });

    /// <summary>Stores the value that is on top at the address below it.</summary>
    public void StoreIndirect(PtxType type) => il.Emit(type switch
    {
        { IsFloat: true, Bits: 32 } => OpCodes.Stind_R4,
        { IsFloat: true, Bits: 64 } => OpCodes.Stind_R8,
        { Bits: 64 } => OpCodes.Stind_I8,
        { Bits: 32 } => OpCodes.Stind_I4,
        { Bits: 16 } => OpCodes.Stind_I2,
        _ => OpCodes.Stind_I1,
    });

    /// <summary>Calls one of the methods that stand for an operation.</summary>
    public void Call(Type type, string method, params Type[] parameters) =>
        il.Emit(OpCodes.Call, type.GetMethod(method, BindingFlags.Public | BindingFlags.Static, parameters) ?? throw new PtxException(PtxException.Invalid, $"no {method} of such types"));

    public void LoadHeader(string field)
    {
        HeaderAddress(field);
        Type type = typeof(ThreadHeader).GetField(field)!.FieldType;
        il.Emit(type.IsPointer ? OpCodes.Ldind_I : OpCodes.Ldind_I4);
    }

    /// <summary>Keeps the instruction's line, for what an error says.</summary>
    public void SetLine(PtxInstruction instruction) => SetHeader(nameof(ThreadHeader.Line), () => il.Emit(OpCodes.Ldc_I4, instruction.Line));

    /// <summary>Returns, to go on at an entry.</summary>
    public void Stop(ThreadStop why, int entry)
    {
        SetHeader(nameof(ThreadHeader.Resume), () => il.Emit(OpCodes.Ldc_I4, entry));
        il.Emit(OpCodes.Ldc_I4, (int)why);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>Goes on at an entry, in this piece of the code or in another one.</summary>
    public void GoTo(int entry, Label? here)
    {
        if (here is { } label)
            il.Emit(OpCodes.Br, label);
        else
            Stop(ThreadStop.Elsewhere, entry);
    }

    /// <summary><c>shfl.sync.bfly.b32 d, a, b, 31, all</c>: keeps what the thread gives and wants.</summary>
    public void Shuffle(PtxInstruction instruction)
    {
        string[] operands = instruction.Operands;
        if (!instruction.Has("bfly") || operands[3] != "31" || unchecked((int)Number(operands[4])) != -1)
            throw new PtxException(PtxException.Invalid, "only butterflies of a whole warp are executed here");
        var bits = new PtxType('b', 32);
        SetHeader(nameof(ThreadHeader.ShuffleValue), () => Load(operands[1], bits));
        SetHeader(nameof(ThreadHeader.ShuffleMask), () => Load(operands[2], bits));
        SetHeader(nameof(ThreadHeader.ShuffleTarget), () => il.Emit(OpCodes.Ldc_I4, ThreadHeader.Bytes + module.Register(operands[0])));
    }

    /// <summary><c>mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d}, {a}, {b}, {c}</c>: keeps the thread's part of the factors and of what is added to.</summary>
    public void Product(PtxInstruction instruction)
    {
        if (string.Join('.', instruction.Name) != "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32")
            throw new PtxException(PtxException.Invalid, "only m16n8k8 of tf32 is executed here");
        var bits = new PtxType('b', 32);
        string[] factors = [.. instruction.Operands[1..].SelectMany(Elements)], targets = Elements(instruction.Operands[0]);
        if (factors.Length != TensorCore.Operands || targets.Length != TensorCore.Results)
            throw new PtxException(PtxException.Invalid, "not 4 results, 4 and 2 factors and 4 that are added to");
        for (int i = 0; i < factors.Length; i++)
        {
            int operand = i;
            SetHeader(nameof(ThreadHeader.Operands), () => Load(factors[operand], bits), i);
        }

        for (int i = 0; i < targets.Length; i++)
        {
            int offset = ThreadHeader.Bytes + module.Register(targets[i]);
            SetHeader(nameof(ThreadHeader.Targets), () => il.Emit(OpCodes.Ldc_I4, offset), i);
        }
    }

    /// <summary>The operands that stand in braces; the operand itself where none do.</summary>
    public static string[] Elements(string operand) => operand[0] == '{' ? operand[1..^1].Split(',', StringSplitOptions.TrimEntries) : [operand];

    /// <summary>Where the code goes on if the instruction's predicate says that it is not executed; null: it always is.</summary>
    public Label? Guard(PtxInstruction instruction)
    {
        if (instruction.Guard is not { } guard)
            return null;
        if (instruction.Operation is not ("bra" or "ret" or "exit"))
            throw new PtxException(PtxException.Invalid, "only branches have predicates here");
        Label behind = il.DefineLabel();
        Load(guard, PtxType.Predicate);
        il.Emit(instruction.GuardNegated ? OpCodes.Brtrue : OpCodes.Brfalse, behind);
        return behind;
    }

    private void FromMemory(string field, OpCode load, LocalBuilder local)
    {
        LoadHeader(nameof(ThreadHeader.Memory));
        il.Emit(OpCodes.Ldc_I4, (int)Marshal.OffsetOf<GroupMemory>(field));
        il.Emit(OpCodes.Add);
        il.Emit(load);
        il.Emit(OpCodes.Stloc, local);
    }

    private LocalBuilder Local(string register)
    {
        if (!_locals.TryGetValue(register, out LocalBuilder? local))
            _locals.Add(register, local = il.DeclareLocal(module.TypeOf(register) switch { { IsFloat: true } => typeof(float), { Bits: 64 } => typeof(long), _ => typeof(int) }));
        return local;
    }

    /// <summary>Reads the bits on top as of another kind.</summary>
    private void Reread(PtxType from, PtxType to)
    {
        if (from.Bits != to.Bits)
            throw new PtxException(PtxException.Invalid, $"{to.Bits} bits in a place of {from.Bits}");
        if (from.IsFloat && !to.IsFloat)
            Call(typeof(BitConverter), nameof(BitConverter.SingleToInt32Bits), typeof(float));
        else if (!from.IsFloat && to.IsFloat)
            Call(typeof(BitConverter), nameof(BitConverter.Int32BitsToSingle), typeof(int));
    }

    private static string? Special(string register) => register switch
    {
        "%tid.x" => nameof(ThreadHeader.Thread),
        "%ctaid.x" => nameof(ThreadHeader.Group),
        "%ntid.x" => nameof(ThreadHeader.GroupSize),
        "%nctaid.x" => nameof(ThreadHeader.Groups),
        "%dynamic_smem_size" => nameof(ThreadHeader.DynamicSharedBytes),
        _ => null,
    };

    private static long Number(string text)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return unchecked((long)ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        text = text.TrimEnd('U');
        return text[0] == '-' ? long.Parse(text, CultureInfo.InvariantCulture) : unchecked((long)ulong.Parse(text, CultureInfo.InvariantCulture));
    }

    private void HeaderAddress(string field, int index = 0)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, (int)Marshal.OffsetOf<ThreadHeader>(field) + (index * sizeof(int)));
        il.Emit(OpCodes.Add);
    }

    private void SetHeader(string field, Action value, int index = 0)
    {
        HeaderAddress(field, index);
        value();
        il.Emit(OpCodes.Stind_I4);
    }
}
