using System.Collections;
using System.Text.RegularExpressions;

namespace Word2Vec.CudaOnCpu;

/// <summary>
/// Which registers hold, behind each stretch of code without a branch, something that is read later. The others need not be written to a thread's state.
/// </summary>
internal sealed partial class PtxLiveness
{
    private readonly int[] _blockOf;
    private readonly BitArray[] _liveBehind;
    private readonly Dictionary<string, int> _numbers = [];

    /// <param name="starts">Where code can be entered, besides behind branches.</param>
    public PtxLiveness(PtxModule module, IEnumerable<int> starts)
    {
        IReadOnlyList<PtxInstruction> all = module.Instructions;
        IEnumerable<int> behindBranches = all.Index().Where(each => each.Item.Operation is "bra" or "ret" or "exit").Select(each => each.Index + 1);
        int[] leaders = [.. starts.Concat(behindBranches).Append(0).Where(at => at < all.Count).Distinct().Order()];
        _blockOf = new int[all.Count];
        for (int block = 0; block < leaders.Length; block++)
            Array.Fill(_blockOf, block, leaders[block], (block + 1 < leaders.Length ? leaders[block + 1] : all.Count) - leaders[block]);

        (string[] Set, string[] Read)[] registers = [.. all.Select(Registers)];
        foreach (string register in registers.SelectMany(each => each.Set.Concat(each.Read)))
            _numbers.TryAdd(register, _numbers.Count);
        var before = new BitArray[leaders.Length];
        var set = new BitArray[leaders.Length];
        _liveBehind = new BitArray[leaders.Length];
        for (int block = 0; block < leaders.Length; block++)
            (before[block], set[block], _liveBehind[block]) = (new BitArray(_numbers.Count), new BitArray(_numbers.Count), new BitArray(_numbers.Count));
        for (int at = 0; at < all.Count; at++)
        {
            foreach (string register in registers[at].Read)
                before[_blockOf[at]][_numbers[register]] |= !set[_blockOf[at]][_numbers[register]];
            foreach (string register in registers[at].Set)
                set[_blockOf[at]][_numbers[register]] = true;
        }

        Spread(module, leaders, before, set);
    }

    /// <summary>Whether a register that the instruction at <paramref name="at"/> sets may be read behind the next branch or entry.</summary>
    public bool IsReadLater(int at, string register) => _liveBehind[_blockOf[at]][_numbers[register]];

    private static IEnumerable<int> Successors(PtxModule module, int last)
    {
        PtxInstruction instruction = module.Instructions[last];
        if (instruction.Operation == "bra" && module.Labels.TryGetValue(instruction.Operands[0], out int target))
            yield return target;
        if (instruction.Guard is not null || instruction.Operation is not ("bra" or "ret" or "exit"))
            yield return last + 1;
    }

    private static (string[] Set, string[] Read) Registers(PtxInstruction instruction)
    {
        string[] none = [];
        string[] read = [.. instruction.Operands.SelectMany((operand, i) => i == 0 && Sets(instruction) ? none : Names(operand)), .. instruction.Guard is { } guard ? [guard] : none];
        return (Sets(instruction) ? Names(instruction.Operands[0]) : none, read);
    }

    private static bool Sets(PtxInstruction instruction) => instruction.Operation is not ("st" or "red" or "bra" or "bar" or "ret" or "exit");

    private static string[] Names(string operand) => [.. Register().Matches(operand).Select(match => match.Value)];

    [GeneratedRegex(@"%[a-z]+\d+")]
    private static partial Regex Register();

    // Backwards until nothing changes (Kildall).
    private void Spread(PtxModule module, int[] leaders, BitArray[] before, BitArray[] set)
    {
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int block = leaders.Length - 1; block >= 0; block--)
            {
                int last = (block + 1 < leaders.Length ? leaders[block + 1] : module.Instructions.Count) - 1;
                foreach (int next in Successors(module, last).Where(at => at < module.Instructions.Count))
                    _liveBehind[block].Or(before[_blockOf[next]]);
                BitArray now = new BitArray(set[block]).Not().And(_liveBehind[block]).Or(before[block]);
                changed |= new BitArray(now).Xor(before[block]).HasAnySet();
                before[block] = now;
            }
        }
    }
}
