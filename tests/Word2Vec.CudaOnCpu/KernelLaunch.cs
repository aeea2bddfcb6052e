namespace Word2Vec.CudaOnCpu;

/// <summary>What a launch asks for; groups and threads have one dimension.</summary>
internal sealed record KernelLaunch(int Groups, int GroupSize, int DynamicSharedBytes, byte[] Parameters)
{
    private const ulong Multiplier = 6364136223846793005, Increment = 1442695040888963407;

    /// <summary>Runs all groups.</summary>
    /// <param name="resident">Groups that run at once; the others wait, as on a card, until one of them has ended.</param>
    /// <remarks>
    /// Which group runs to its next barrier is drawn each time, so that the groups are at different places of their work, as on a card.
    /// </remarks>
    public unsafe void Run(PtxProgram program, int resident)
    {
        if (Parameters.Length < program.Module.ParameterBytes)
            throw new PtxException(PtxException.LaunchFailed, $"the kernel has {program.Module.ParameterBytes} bytes of parameters, and the launch gives {Parameters.Length}");
        int next = -1, workers = Math.Min(Settings.Threads, Math.Min(Groups, resident));
        fixed (byte* parameters = Parameters)
        {
            nint given = (nint)parameters;
            var tasks = new Task[workers];
            for (int i = 0; i < workers; i++)
            {
                int worker = i, places = Math.Min(((resident - worker - 1) / workers) + 1, Groups);
                tasks[i] = Task.Run(() => Work(program, (byte*)given, places, (ulong)worker, () => Interlocked.Increment(ref next)));
            }

            Task.WhenAll(tasks).GetAwaiter().GetResult();
        }
    }

    private unsafe void Work(PtxProgram program, byte* parameters, int places, ulong draws, Func<int> next)
    {
        var running = new List<GroupRun>();
        var idle = new Stack<GroupRun>();
        try
        {
            for (int group = next(); ; group = next())
            {
                if (group < Groups)
                {
                    GroupRun run = idle.Count > 0 ? idle.Pop() : new GroupRun(program, this, parameters);
                    run.Begin(group);
                    running.Add(run);
                    if (running.Count < places)
                        continue;
                }

                do
                {
                    if (running.Count == 0)
                        return;
                    draws = (draws * Multiplier) + Increment;
                    int drawn = (int)Math.BigMul(draws, (ulong)running.Count, out _);
                    if (running[drawn].RunToBarrier())
                        continue;
                    idle.Push(running[drawn]);
                    running[drawn] = running[^1];
                    running.RemoveAt(running.Count - 1);
                }
                while (running.Count == places || group >= Groups);
            }
        }
        finally
        {
            foreach (GroupRun run in running.Concat(idle))
                run.Dispose();
        }
    }
}
