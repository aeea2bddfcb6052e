using System.Runtime.InteropServices;

namespace Word2Vec.Numerics;

/// <summary>
/// Zeroed memory for one thread's hot loop, handed out in whole cache lines; a line lies unused at its end, so that no other thread's memory shares
/// one with it.
/// </summary>
internal sealed unsafe class ScratchMemory : IDisposable
{
    private const int Line = 64;

    private readonly byte* _end;
    private byte* _memory;
    private byte* _next;

    /// <summary>Allocates <paramref name="bytes"/> plus what the rounding of <paramref name="pieces"/> pieces to cache lines takes.</summary>
    public ScratchMemory(long bytes, int pieces)
    {
        nuint length = (nuint)(bytes + (pieces + 1L) * Line);
        _memory = _next = (byte*)NativeMemory.AlignedAlloc(length, Line);
        NativeMemory.Clear(_memory, length);
        _end = _memory + length - Line;
    }

    ~ScratchMemory() => Free();

    /// <summary>Hands out the next <paramref name="bytes"/>.</summary>
    public void* Take(long bytes)
    {
        byte* taken = _next;
        _next += (bytes + Line - 1) / Line * Line;
        return _next <= _end ? taken : throw new InvalidOperationException("More scratch memory was taken than was asked for.");
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = _next = null;
    }
}
