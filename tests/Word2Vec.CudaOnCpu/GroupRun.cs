using System.Runtime.InteropServices;

namespace Word2Vec.CudaOnCpu;

/// <summary>A group of threads that is resident: its threads' registers and its shared memory, which the next group takes over.</summary>
internal sealed unsafe class GroupRun : IDisposable
{
    private const int WarpSize = 32;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly PtxProgram _program;
    private readonly int _threads;
    private readonly byte* _state;
    private readonly GroupMemory* _memory;
    private int _group;

    public GroupRun(PtxProgram program, KernelLaunch launch, byte* parameters)
    {
        (_program, _threads) = (program, launch.GroupSize);
        nuint bytes = (nuint)program.ThreadBytes * (nuint)_threads;
        _state = (byte*)NativeMemory.AlignedAlloc(bytes, 64);
        new Span<byte>(_state, checked((int)bytes)).Fill(0xFF);
        _memory = GroupMemory.Allocate(program.Module.SharedBytes + launch.DynamicSharedBytes);
        for (int i = 0; i < _threads; i++)
            *At(i) = new ThreadHeader { Thread = i, GroupSize = _threads, Groups = launch.Groups, DynamicSharedBytes = launch.DynamicSharedBytes, Parameters = parameters, Memory = _memory, LocalStart = program.LocalStart, LocalBytes = program.Module.LocalBytes };
    }

    /// <summary>To run a group from its beginning.</summary>
    public void Begin(int group)
    {
        _group = group;
        _memory->Clear(compared: group % Settings.Compared == 0);
        for (int i = 0; i < _threads; i++)
        {
            At(i)->Group = group;
            At(i)->Resume = 0;
            At(i)->Stop = ThreadStop.Elsewhere;
        }
    }

    /// <summary>Runs to the next barrier of all threads; false: to the end.</summary>
    /// <exception cref="PtxException">A thread did what it must not do; which one, and where, is said.</exception>
    public bool RunToBarrier()
    {
        // Every stretch between barriers has an order of its own, since a program must not rely on any.
        int warps = (_threads + WarpSize - 1) / WarpSize;
        ulong order = (_memory->Interval + ((ulong)_group << 32)) * Multiplier >> 33;
        for (int i = 0; i < warps; i++)
        {
            int turn = (int)((order + (ulong)i) % (ulong)warps), first = WarpSize * ((order & 1) == 0 ? turn : warps - 1 - turn);
            RunWarp(first, Math.Min(_threads, first + WarpSize), backwards: (order & 2) != 0);
        }

        for (int i = 1; i < _threads; i++)
        {
            if (At(i)->Stop != At(0)->Stop)
                throw Misses(i, 0);
        }

        _memory->Interval++;
        return At(0)->Stop == ThreadStop.AtBarrier;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_state);
        GroupMemory.Free(_memory);
    }

    /// <summary>Runs a warp until all of its threads wait at the same barrier, or have ended.</summary>
    private void RunWarp(int first, int end, bool backwards)
    {
        do
        {
            for (int i = first; i < end; i++)
                Run(At(backwards ? first + end - 1 - i : i));
            for (int i = first + 1; i < end; i++)
            {
                // All of a warp's threads have to execute the same barrier or shuffle (bar.sync and shfl.sync with all lanes).
                if (At(i)->Stop != At(first)->Stop || (At(i)->Stop != ThreadStop.Ended && At(i)->Line != At(first)->Line))
                    throw Misses(i, first);
            }

            if (At(first)->Stop == ThreadStop.AtShuffle)
                Shuffle(first, end);
            else if (At(first)->Stop == ThreadStop.AtProduct)
                Multiply(first, end);
        }
        while (At(first)->Stop is ThreadStop.AtShuffle or ThreadStop.AtProduct);
    }

    private void Run(ThreadHeader* thread)
    {
        try
        {
            _program.Run(thread);
        }
        catch (PtxException e)
        {
            throw new PtxException(e.Error, $"{e.Message} (thread {thread->Thread} of group {_group}, {_program.Words(thread->Line)})");
        }
        catch (ArithmeticException e)
        {
            throw new PtxException(PtxException.LaunchFailed, $"{e.Message} (thread {thread->Thread} of group {_group}, {_program.Words(thread->Line)})");
        }
    }

    private void Shuffle(int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            int from = first + ((i - first) ^ (At(i)->ShuffleMask & (WarpSize - 1)));
            if (from >= end)
                throw new PtxException(PtxException.LaunchFailed, $"thread {i} of group {_group} wants the value of a lane that is not there ({_program.Words(At(i)->Line)})");
            *(int*)((byte*)At(i) + At(i)->ShuffleTarget) = At(from)->ShuffleValue;
        }
    }

    private void Multiply(int first, int end)
    {
        if (end - first != WarpSize)
            throw new PtxException(PtxException.LaunchFailed, $"a warp of {end - first} threads multiplies ({_program.Words(At(first)->Line)})");
        TensorCore.Multiply(lane => At(first + lane));
    }

    private PtxException Misses(int thread, int other) => new(PtxException.LaunchFailed,
        $"thread {thread} of group {_group} {Words(thread)} while thread {other} {Words(other)}: a card would hang, or go on as it likes");

    private string Words(int thread) => At(thread)->Stop == ThreadStop.Ended ? "has ended" : $"waits at {_program.Words(At(thread)->Line)}";

    private ThreadHeader* At(int thread) => (ThreadHeader*)(_state + ((nint)thread * _program.ThreadBytes));
}
