namespace Word2Vec.CudaOnCpu;

/// <summary>The code of one thread from where it stopped to where it stops next.</summary>
internal delegate ThreadStop PtxStep(nint thread);

/// <summary>A kernel as code of this processor, in pieces; a thread enters it at numbered places.</summary>
/// <param name="module">What it was made of.</param>
/// <param name="steps">The pieces.</param>
/// <param name="pieces">The piece of each entry; a thread begins at entry 0.</param>
internal sealed unsafe class PtxProgram(PtxModule module, PtxStep[] steps, int[] pieces)
{
    public PtxModule Module => module;

    /// <summary>Bytes of a thread: its header, its registers and its local memory.</summary>
    public int ThreadBytes => (LocalStart + module.LocalBytes + 63) / 64 * 64;

    /// <summary>Where a thread's local memory begins.</summary>
    public int LocalStart => (ThreadHeader.Bytes + module.RegisterBytes + 15) / 16 * 16;

    /// <summary>Runs a thread until it waits or ends.</summary>
    public void Run(ThreadHeader* thread)
    {
        do
            thread->Stop = steps[pieces[thread->Resume]]((nint)thread);
        while (thread->Stop == ThreadStop.Elsewhere);
    }

    /// <summary>The instruction on a line of the text.</summary>
    public string Words(int line) => module.Instructions.FirstOrDefault(each => each.Line == line)?.ToString() ?? $"line {line}";
}
