using System.Reflection.Emit;

namespace Word2Vec.CudaOnCpu;

/// <summary>The operations of PTX that ILGPU writes for this project's kernels (NVIDIA, Parallel Thread Execution ISA 8.0, section 9.7).</summary>
internal static class PtxOperations
{
    /// <exception cref="PtxException">The operation is none of them.</exception>
    public static void Emit(PtxEmitter emitter, PtxInstruction instruction)
    {
        PtxType type = instruction.Type;
        ILGenerator il = emitter.Il;
        string[] operands = instruction.Operands;
        switch (instruction.Operation)
        {
            case "mov" or "cvta":
                PtxType bits = Bits(emitter, operands[0], type);
                emitter.Store(operands[0], bits, () => emitter.Load(operands[1], bits));
                break;
            case "ld" or "st" or "red" or "atom":
                PtxMemoryOperations.Emit(emitter, instruction);
                break;
            case "add" or "sub" or "and" or "or" or "xor":
                Binary(emitter, instruction, type, type, () => il.Emit(instruction.Operation switch
                {
                    "add" => OpCodes.Add,
                    "sub" => OpCodes.Sub,
                    "and" => OpCodes.And,
                    "or" => OpCodes.Or,
                    _ => OpCodes.Xor,
                }));
                break;
            case "mul":
                Multiply(emitter, instruction);
                break;
            case "mad" or "fma":
                MultiplyAdd(emitter, instruction);
                break;
            case "div" when instruction.Has("approx"):
                Binary(emitter, instruction, type, type, () =>
                {
                    emitter.Call(typeof(PtxMath), instruction.Has("ftz") ? nameof(PtxMath.divideFlushed) : nameof(PtxMath.divide), Clr(type), Clr(type));
                    Flush(emitter, instruction);
                });
                break;
            case "div" or "rem":
                emitter.SetLine(instruction);
                Binary(emitter, instruction, type, type, () => il.Emit((instruction.Operation, type.IsSigned || type.IsFloat) switch
                {
                    ("div", true) => OpCodes.Div,
                    ("div", false) => OpCodes.Div_Un,
                    (_, true) => OpCodes.Rem,
                    _ => OpCodes.Rem_Un,
                }));
                break;
            case "min" or "max":
                Binary(emitter, instruction, type, type, () => emitter.Call(typeof(PtxMath), instruction.Operation == "min" ? "Min" : "Max", Clr(type), Clr(type)));
                break;
            case "shl" or "shr":
                Shift(emitter, instruction);
                break;
            case "neg" or "abs" or "not" or "popc" or "clz" or "ex2" or "lg2" or "rcp" or "sqrt" or "rsqrt":
                Unary(emitter, instruction);
                break;
            case "setp":
                emitter.Store(operands[0], PtxType.Predicate, () => Compare(emitter, instruction.Name[1], type, operands[1], operands[2]));
                break;
            case "testp":
                emitter.Store(operands[0], PtxType.Predicate, () => Test(emitter, instruction.Name[1], operands[1]));
                break;
            case "selp":
                Select(emitter, operands, Bits(emitter, operands[0], type));
                break;
            case "cvt":
                Convert(emitter, instruction, PtxType.Parse(instruction.Name[^2]), type);
                break;
            default:
                throw new PtxException(PtxException.Invalid, "the operation is not known here");
        }
    }

    /// <summary>The bits as the register holds them, so that those of floating-point numbers need not be read as others and back.</summary>
    internal static PtxType Bits(PtxEmitter emitter, string register, PtxType type) => emitter.Module.TypeOf(register) is { IsFloat: true } own
        ? own
        : type == PtxType.Predicate ? type : type with { Kind = 'b' };

    private static Type Clr(PtxType type) => (type.Kind, type.Bits) switch
    {
        ('f', 32) => typeof(float),
        ('s', 32) => typeof(int),
        (_, 32) => typeof(uint),
        ('s', 64) => typeof(long),
        (_, 64) => typeof(ulong),
        _ => throw new PtxException(PtxException.Invalid, $"no .{type.Kind}{type.Bits} here"),
    };

    private static void Binary(PtxEmitter emitter, PtxInstruction instruction, PtxType type, PtxType result, Action operation) =>
        emitter.Store(instruction.Operands[0], result, () =>
        {
            emitter.Load(instruction.Operands[1], type);
            emitter.Load(instruction.Operands[2], type);
            operation();
        });

    private static void Multiply(PtxEmitter emitter, PtxInstruction instruction)
    {
        PtxType type = instruction.Type;
        if (type.IsFloat || instruction.Has("lo"))
        {
            Binary(emitter, instruction, type, type, () => emitter.Il.Emit(OpCodes.Mul));
            return;
        }

        emitter.Store(instruction.Operands[0], instruction.Has("wide") ? type with { Bits = 64 } : type, () =>
        {
            Wide(emitter, instruction.Operands[1], type);
            Wide(emitter, instruction.Operands[2], type);
            emitter.Il.Emit(OpCodes.Mul);
            if (instruction.Has("wide"))
                return;
            emitter.Il.Emit(OpCodes.Ldc_I4, 32);
            emitter.Il.Emit(OpCodes.Shr_Un);
            emitter.Il.Emit(OpCodes.Conv_I4);
        });
    }

    private static void Wide(PtxEmitter emitter, string operand, PtxType type)
    {
        if (type.Bits != 32)
            throw new PtxException(PtxException.Invalid, "only 32 bits are widened here");
        emitter.Load(operand, type);
        emitter.Il.Emit(type.IsSigned ? OpCodes.Conv_I8 : OpCodes.Conv_U8);
    }

    private static void MultiplyAdd(PtxEmitter emitter, PtxInstruction instruction)
    {
        PtxType type = instruction.Type;
        string[] operands = instruction.Operands;
        bool wide = instruction.Has("wide");
        PtxType result = wide ? type with { Bits = 64 } : type;
        emitter.Store(operands[0], result, () =>
        {
            if (wide)
            {
                Wide(emitter, operands[1], type);
                Wide(emitter, operands[2], type);
            }
            else
            {
                emitter.Load(operands[1], type);
                emitter.Load(operands[2], type);
            }

            if (type.IsFloat)
            {
                emitter.Load(operands[3], type);
                emitter.Call(typeof(MathF), nameof(MathF.FusedMultiplyAdd), typeof(float), typeof(float), typeof(float));
                return;
            }

            emitter.Il.Emit(OpCodes.Mul);
            emitter.Load(operands[3], result);
            emitter.Il.Emit(OpCodes.Add);
        });
    }

    /// <summary>More than all bits shift everything out.</summary>
    private static void Shift(PtxEmitter emitter, PtxInstruction instruction)
    {
        PtxType type = instruction.Type;
        emitter.Store(instruction.Operands[0], type, () =>
        {
            emitter.Load(instruction.Operands[1], type);
            emitter.Load(instruction.Operands[2], new PtxType('u', 32));
            emitter.Call(typeof(PtxMath), instruction.Operation == "shl" ? "ShiftLeft" : "ShiftRight", Clr(type), typeof(int));
        });
    }

    private static void Unary(PtxEmitter emitter, PtxInstruction instruction)
    {
        PtxType type = instruction.Type, result = instruction.Operation is "popc" or "clz" ? new PtxType('u', 32) : type;
        emitter.Store(instruction.Operands[0], result, () =>
        {
            emitter.Load(instruction.Operands[1], type);
            switch (instruction.Operation)
            {
                case "neg":
                    emitter.Il.Emit(OpCodes.Neg);
                    break;
                case "not" when type == PtxType.Predicate:
                    Not(emitter);
                    break;
                case "not":
                    emitter.Il.Emit(OpCodes.Not);
                    break;
                default:
                    Flush(emitter, instruction);
                    emitter.Call(typeof(PtxMath), instruction.Operation, Clr(type));
                    Flush(emitter, instruction);
                    break;
            }
        });
    }

    private static void Flush(PtxEmitter emitter, PtxInstruction instruction)
    {
        if (instruction.Has("ftz"))
            emitter.Call(typeof(PtxMath), nameof(PtxMath.flush), typeof(float));
    }

    private static void Not(PtxEmitter emitter)
    {
        emitter.Il.Emit(OpCodes.Ldc_I4_0);
        emitter.Il.Emit(OpCodes.Ceq);
    }

    // IL's unordered comparisons are true where an operand is NaN, as those of PTX that end in u are.
    private static void Compare(PtxEmitter emitter, string comparison, PtxType type, string a, string b)
    {
        ILGenerator il = emitter.Il;
        emitter.Load(a, type);
        emitter.Load(b, type);
        bool unsigned = !type.IsFloat && !type.IsSigned;
        switch (comparison)
        {
            case "eq":
                il.Emit(OpCodes.Ceq);
                break;
            case "neu":
                il.Emit(OpCodes.Ceq);
                Not(emitter);
                break;
            case "ne" when !type.IsFloat:
                il.Emit(OpCodes.Ceq);
                Not(emitter);
                break;
            case "ne" or "equ" or "num" or "nan":
                emitter.Call(typeof(PtxMath), comparison, typeof(float), typeof(float));
                break;
            case "lt" or "lo":
                il.Emit(unsigned ? OpCodes.Clt_Un : OpCodes.Clt);
                break;
            case "gt" or "hi":
                il.Emit(unsigned ? OpCodes.Cgt_Un : OpCodes.Cgt);
                break;
            case "ge" or "hs":
                il.Emit(type.IsSigned ? OpCodes.Clt : OpCodes.Clt_Un);
                Not(emitter);
                break;
            case "le" or "ls":
                il.Emit(type.IsSigned ? OpCodes.Cgt : OpCodes.Cgt_Un);
                Not(emitter);
                break;
            case "ltu":
                il.Emit(OpCodes.Clt_Un);
                break;
            case "gtu":
                il.Emit(OpCodes.Cgt_Un);
                break;
            case "geu":
                il.Emit(OpCodes.Clt);
                Not(emitter);
                break;
            case "leu":
                il.Emit(OpCodes.Cgt);
                Not(emitter);
                break;
            default:
                throw new PtxException(PtxException.Invalid, $"no comparison .{comparison} here");
        }
    }

    private static void Test(PtxEmitter emitter, string property, string operand)
    {
        emitter.Load(operand, new PtxType('f', 32));
        emitter.Call(typeof(PtxMath), property, typeof(float));
    }

    private static void Select(PtxEmitter emitter, string[] operands, PtxType type)
    {
        Label first = emitter.Il.DefineLabel(), end = emitter.Il.DefineLabel();
        emitter.Hold(operands[1]);
        emitter.Hold(operands[2]);
        emitter.Load(operands[3], PtxType.Predicate);
        emitter.Il.Emit(OpCodes.Brtrue, first);
        emitter.Load(operands[2], type);
        emitter.Il.Emit(OpCodes.Br, end);
        emitter.Il.MarkLabel(first);
        emitter.Load(operands[1], type);
        emitter.Il.MarkLabel(end);
        emitter.StoreTop(operands[0], type);
    }

    // The runtime's conversions of floating-point numbers to integers saturate and make 0 of NaN, as those of PTX do.
    private static void Convert(PtxEmitter emitter, PtxInstruction instruction, PtxType to, PtxType from) =>
        emitter.Store(instruction.Operands[0], to, () =>
        {
            ILGenerator il = emitter.Il;
            emitter.Load(instruction.Operands[1], from);
            if (from.IsFloat && !to.IsFloat)
            {
                string rounding = instruction.Name[1];
                if (rounding != "rzi")
                    emitter.Call(typeof(PtxMath), rounding, Clr(from));
            }

            if (to.IsFloat && !from.IsFloat && !from.IsSigned)
                il.Emit(OpCodes.Conv_R_Un);
            il.Emit((to.Kind, to.Bits) switch
            {
                ('f', 32) => OpCodes.Conv_R4,
                ('s', 32) => OpCodes.Conv_I4,
                (_, 32) => OpCodes.Conv_U4,
                (_, 64) when from.IsSigned => OpCodes.Conv_I8,
                (_, 64) => OpCodes.Conv_U8,
                ('s', 16) => OpCodes.Conv_I2,
                (_, 16) => OpCodes.Conv_U2,
                ('s', 8) => OpCodes.Conv_I1,
                (_, 8) => OpCodes.Conv_U1,
                _ => throw new PtxException(PtxException.Invalid, "no such conversion here"),
            });
        });
}
