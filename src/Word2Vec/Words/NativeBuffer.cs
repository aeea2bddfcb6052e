using System.Runtime.InteropServices;
using Word2Vec.Numerics;

namespace Word2Vec.Words;

/// <summary>Growing memory outside the garbage-collected heap, for tables of more than 2^31 bytes.</summary>
internal sealed unsafe class NativeBuffer<T> : IDisposable, IHeldMemory
    where T : unmanaged
{
    private const nuint CacheLine = 64;

    /// <summary>Makes room for <paramref name="capacity"/> elements, all zero, from the begin of a cache line on.</summary>
    public NativeBuffer(long capacity)
    {
        Capacity = capacity;
        First = (T*)LargeMemory.AllocateZeroed(ByteCount(capacity));
    }

    ~NativeBuffer() => LargeMemory.Free(First);

    /// <summary>The first element; growing moves it.</summary>
    public T* First { get; private set; }

    /// <summary>The number of elements that there is room for.</summary>
    public long Capacity { get; private set; }

    /// <inheritdoc/>
    public long HeldBytes => Capacity * sizeof(T);

    /// <summary>Makes room for at least <paramref name="capacity"/> elements; what was there stays, what is new is arbitrary.</summary>
    public void Reserve(long capacity)
    {
        if (capacity <= Capacity)
            return;
        long larger = Math.Max(capacity, Capacity + Capacity / 2);
        First = (T*)NativeMemory.AlignedRealloc(First, ByteCount(larger), CacheLine);
        Capacity = larger;
    }

    public void Dispose()
    {
        LargeMemory.Free(First);
        First = null;
        Capacity = 0;
        GC.SuppressFinalize(this);
    }

    private static nuint ByteCount(long elements) => checked((nuint)elements * (nuint)sizeof(T));
}
