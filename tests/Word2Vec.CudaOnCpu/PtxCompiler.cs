using System.Reflection.Emit;

namespace Word2Vec.CudaOnCpu;

/// <summary>Makes a <see cref="PtxProgram"/> of a module.</summary>
/// <remarks>
/// A thread runs alone until it has to wait for others, as cards since Volta allow (independent thread scheduling), so that branches need no masks. The
/// runtime's compiler optimizes methods of some size only; so the code is cut at labels.
/// </remarks>
internal sealed class PtxCompiler
{
    private const int LongestPiece = 400;

    private readonly PtxModule _module;
    private readonly PtxLiveness _liveness;
    private readonly List<int> _entries = [0];
    private readonly Dictionary<int, int> _entryAt = new() { [0] = 0 };

    private PtxCompiler(PtxModule module)
    {
        _module = module;
        IEnumerable<int> waits = module.Instructions.Index().Where(each => Waits(each.Item)).Select(each => each.Index + 1);
        foreach (int at in module.Labels.Values.Concat(waits).Distinct().Order())
        {
            if (_entryAt.TryAdd(at, _entries.Count))
                _entries.Add(at);
        }

        _liveness = new PtxLiveness(module, _entries);
    }

    /// <exception cref="PtxException">The module has an instruction that is not known here.</exception>
    public static PtxProgram Compile(PtxModule module)
    {
        var compiler = new PtxCompiler(module);
        var steps = new List<PtxStep>();
        var pieces = new int[compiler._entries.Count];
        for (int first = 0; first < pieces.Length;)
        {
            int end = first + 1;
            while (end < pieces.Length && compiler._entries[end] - compiler._entries[first] < LongestPiece)
                end++;
            Array.Fill(pieces, steps.Count, first, end - first);
            steps.Add(compiler.Piece(first, end));
            first = end;
        }

        return new PtxProgram(module, [.. steps], pieces);
    }

    private static bool Waits(PtxInstruction instruction) => instruction.Operation is "bar" or "shfl" or "mma";

    /// <summary>The code from one entry to another one.</summary>
    private PtxStep Piece(int firstEntry, int endEntry)
    {
        var method = new DynamicMethod($"{_module.Entry}{firstEntry}", typeof(ThreadStop), [typeof(nint)], typeof(PtxCompiler).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        var emitter = new PtxEmitter(il, _module, _liveness);
        Label[] labels = [.. Enumerable.Range(firstEntry, endEntry - firstEntry).Select(_ => il.DefineLabel())];
        emitter.Begin();
        emitter.LoadHeader(nameof(ThreadHeader.Resume));
        il.Emit(OpCodes.Ldc_I4, firstEntry);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Switch, labels);

        int end = endEntry < _entries.Count ? _entries[endEntry] : _module.Instructions.Count;
        for (int at = _entries[firstEntry]; at < end; at++)
        {
            if (_entryAt.TryGetValue(at, out int entry))
            {
                il.MarkLabel(labels[entry - firstEntry]);
                emitter.Enter();
            }

            emitter.At = at;
            One(emitter, at, Label);
        }

        // The label at the very end of the text, if there is one.
        for (int entry = firstEntry; entry < endEntry; entry++)
        {
            if (_entries[entry] == _module.Instructions.Count)
                il.MarkLabel(labels[entry - firstEntry]);
        }

        if (endEntry < _entries.Count)
            emitter.Stop(ThreadStop.Elsewhere, endEntry);
        else
            emitter.Stop(ThreadStop.Ended, 0);
        return method.CreateDelegate<PtxStep>();

        Label? Label(int entry) => entry >= firstEntry && entry < endEntry ? labels[entry - firstEntry] : null;
    }

    private void One(PtxEmitter emitter, int at, Func<int, Label?> labels)
    {
        PtxInstruction instruction = _module.Instructions[at];
        try
        {
            Label? behind = emitter.Guard(instruction);
            switch (instruction.Operation)
            {
                case "bra":
                    int entry = _module.Labels.TryGetValue(instruction.Operands[0], out int target)
                        ? _entryAt[target]
                        : throw new PtxException(PtxException.Invalid, $"no label {instruction.Operands[0]}");
                    emitter.GoTo(entry, labels(entry));
                    break;
                case "ret" or "exit":
                    emitter.Stop(ThreadStop.Ended, 0);
                    break;
                case "bar":
                    emitter.SetLine(instruction);
                    emitter.Stop(ThreadStop.AtBarrier, _entryAt[at + 1]);
                    break;
                case "shfl":
                    emitter.SetLine(instruction);
                    emitter.Shuffle(instruction);
                    emitter.Stop(ThreadStop.AtShuffle, _entryAt[at + 1]);
                    break;
                case "mma":
                    emitter.SetLine(instruction);
                    emitter.Product(instruction);
                    emitter.Stop(ThreadStop.AtProduct, _entryAt[at + 1]);
                    break;
                default:
                    PtxOperations.Emit(emitter, instruction);
                    break;
            }

            if (behind is { } label)
                emitter.Il.MarkLabel(label);
        }
        catch (Exception e) when (e is PtxException or IndexOutOfRangeException or FormatException)
        {
            throw new PtxException(PtxException.Invalid, $"{instruction}: {e.Message}");
        }
    }
}
