using System.Reflection.Emit;

namespace Word2Vec.CudaOnCpu;

/// <summary>Loads, stores, reductions and atomic operations.</summary>
internal static class PtxMemoryOperations
{
    public static void Emit(PtxEmitter emitter, PtxInstruction instruction)
    {
        if (instruction.Operation is "red" or "atom")
            Change(emitter, instruction);
        else if (instruction.Operation == "ld")
            Move(emitter, instruction, instruction.Operands[1], instruction.Operands[0], load: true);
        else
            Move(emitter, instruction, instruction.Operands[0], instruction.Operands[1], load: false);
    }

    /// <summary>One, two or four elements between memory and registers.</summary>
    private static void Move(PtxEmitter emitter, PtxInstruction instruction, string address, string value, bool load)
    {
        string[] registers = PtxEmitter.Elements(value);
        PtxType type = registers[0][0] == '%' ? PtxOperations.Bits(emitter, registers[0], instruction.Type) : instruction.Type with { Kind = 'b' };
        int expected = instruction.Has("v4") ? 4 : instruction.Has("v2") ? 2 : 1;
        if (registers.Length != expected)
            throw new PtxException(PtxException.Invalid, $"{registers.Length} registers for {expected}");
        LocalBuilder at = Place(emitter, instruction, address, expected * type.Bytes, load ? GroupMemory.Access.Read : GroupMemory.Access.Write);
        for (int i = 0; i < registers.Length; i++)
        {
            int offset = i * type.Bytes;
            if (load)
            {
                emitter.Store(registers[i], type, () =>
                {
                    Element(emitter.Il, at, offset);
                    emitter.LoadIndirect(type);
                });
            }
            else
            {
                Element(emitter.Il, at, offset);
                emitter.Load(registers[i], type);
                emitter.StoreIndirect(type);
            }
        }
    }

    private static void Change(PtxEmitter emitter, PtxInstruction instruction)
    {
        string operation = instruction.Name.First(part => part is "add" or "min" or "max" or "and" or "or" or "xor" or "exch");
        string[] operands = instruction.Operands;
        bool returns = instruction.Operation == "atom";
        PtxType type = instruction.Type;
        Type element = (type.Kind, type.Bits) switch
        {
            ('f', 32) => typeof(float),
            ('s', 32) => typeof(int),
            (_, 32) => typeof(uint),
            _ => throw new PtxException(PtxException.Invalid, "no such atomic operation here"),
        };
        string[] values = PtxEmitter.Elements(operands[^1]);
        if (returns && values.Length > 1)
            throw new PtxException(PtxException.Invalid, "no vector is given back");
        if (values.Length > 1 && (emitter.Module.Target < 90 || emitter.Module.Version < 81))
            throw new PtxException(PtxException.Invalid, "vectors are added from .version 8.1 and .target sm_90 on");
        int expected = instruction.Has("v4") ? 4 : instruction.Has("v2") ? 2 : 1;
        if (values.Length != expected)
            throw new PtxException(PtxException.Invalid, $"{values.Length} registers for {expected}");
        LocalBuilder at = Place(emitter, instruction, operands[returns ? 1 : 0], values.Length * type.Bytes, GroupMemory.Access.Change);
        for (int i = 0; i < values.Length; i++)
        {
            Element(emitter.Il, at, i * type.Bytes);
            emitter.Load(values[i], type);
            emitter.Call(typeof(PtxAtomics), operation, typeof(nint), element);
            if (returns)
                emitter.StoreTop(operands[0], type);
            else
                emitter.Il.Emit(OpCodes.Pop);
        }
    }

    private static void Element(ILGenerator il, LocalBuilder at, int offset)
    {
        il.Emit(OpCodes.Ldloc, at);
        if (offset == 0)
            return;
        il.Emit(OpCodes.Ldc_I4, offset);
        il.Emit(OpCodes.Add);
    }

    /// <summary>Checks the address, and keeps where it lies in this processor's memory.</summary>
    private static LocalBuilder Place(PtxEmitter emitter, PtxInstruction instruction, string address, int bytes, GroupMemory.Access access)
    {
        ILGenerator il = emitter.Il;
        LocalBuilder at = emitter.Pointer;
        if (instruction.Has("param"))
        {
            emitter.MemoryAddress(address, parameter: true);
        }
        else if (instruction.Has("global"))
        {
            emitter.SetLine(instruction);
            emitter.MemoryAddress(address, parameter: false);
            il.Emit(OpCodes.Ldc_I4, bytes);
            emitter.Call(typeof(DeviceMemoryPool), nameof(DeviceMemoryPool.At), typeof(long), typeof(int));
        }
        else if (instruction.Has("local"))
        {
            emitter.SetLine(instruction);
            il.Emit(OpCodes.Ldarg_0);
            emitter.MemoryAddress(address, parameter: false);
            il.Emit(OpCodes.Ldc_I4, bytes);
            emitter.Call(typeof(ThreadHeader), nameof(ThreadHeader.Local), typeof(nint), typeof(long), typeof(int));
        }
        else if (instruction.Has("shared"))
        {
            Shared(emitter, instruction, address, bytes, access);
            return at;
        }
        else
        {
            throw new PtxException(PtxException.Invalid, "neither parameters nor global nor shared memory");
        }

        il.Emit(OpCodes.Stloc, at);
        return at;
    }

    private static void Shared(PtxEmitter emitter, PtxInstruction instruction, string address, int bytes, GroupMemory.Access access)
    {
        ILGenerator il = emitter.Il;
        Label seen = il.DefineLabel(), end = il.DefineLabel();
        emitter.MemoryAddress(address, parameter: false);
        il.Emit(OpCodes.Stloc, emitter.SharedAddress);
        il.Emit(OpCodes.Ldloc, emitter.SharedAddress);
        il.Emit(OpCodes.Ldc_I8, (long)bytes);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldloc, emitter.Unseen);
        il.Emit(OpCodes.Bgt_Un, seen);
        il.Emit(OpCodes.Ldloc, emitter.SharedAddress);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Ldloc, emitter.SharedStart);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(seen);
        emitter.SetLine(instruction);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloc, emitter.SharedAddress);
        il.Emit(OpCodes.Ldc_I4, bytes);
        il.Emit(OpCodes.Ldc_I4, (int)access);
        emitter.Call(typeof(GroupMemory), nameof(GroupMemory.At), typeof(nint), typeof(long), typeof(int), typeof(GroupMemory.Access));
        il.MarkLabel(end);
        il.Emit(OpCodes.Stloc, emitter.Pointer);
    }
}
