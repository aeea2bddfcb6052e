using System.Runtime.InteropServices;

namespace Word2Vec.CudaOnCpu;

/// <summary>
/// The device's memory: one stretch of addresses, so that an access is checked by a look at a table. Pieces of 256 bytes; new ones hold no numbers, as a card's
/// memory holds what was there before.
/// </summary>
internal static unsafe partial class DeviceMemoryPool
{
    private const int Piece = 256, ReadWrite = 3, PrivateAnonymousNoReserve = 0x4022;

    private static readonly object Gate = new();
    private static readonly SortedDictionary<long, long> Allocated = [];

    /// <summary>How much the device has.</summary>
    public static readonly long Bytes = Settings.MemoryBytes / Piece * Piece;

    private static readonly byte* Start = Reserve(Bytes + Piece);

    // How many of each piece's bytes may be touched.
    private static readonly ushort* Usable = (ushort*)Reserve((Bytes / Piece * sizeof(ushort)) + Piece);

    /// <summary>How much is not allocated.</summary>
    public static long Free
    {
        get
        {
            lock (Gate)
                return Bytes - Allocated.Sum(each => RoundUp(each.Value));
        }
    }

    /// <summary>Whether an address is the device's.</summary>
    public static bool Contains(nint address) => (ulong)(address - (nint)Start) < (ulong)Bytes;

    /// <summary>The first gap that is large enough; 0: there is none.</summary>
    public static nint Allocate(long bytes)
    {
        lock (Gate)
        {
            long at = 0;
            foreach ((long start, long length) in Allocated)
            {
                if (start - at >= RoundUp(bytes))
                    break;
                at = start + RoundUp(length);
            }

            if (bytes <= 0 || Bytes - at < RoundUp(bytes))
                return 0;
            Allocated.Add(at, bytes);
            for (long left = bytes, piece = at / Piece; left > 0; left -= Piece, piece++)
                Usable[piece] = (ushort)Math.Min(Piece, left);
            for (long done = 0; done < bytes; done += int.MaxValue)
                new Span<byte>(Start + at + done, (int)Math.Min(int.MaxValue, bytes - done)).Fill(0xFF);
            return (nint)(Start + at);
        }
    }

    /// <summary>False: nothing was allocated there.</summary>
    public static bool Release(nint address)
    {
        lock (Gate)
        {
            long at = address - (nint)Start;
            if (!Allocated.Remove(at, out long bytes))
                return false;
            for (long piece = at / Piece; piece < (at + RoundUp(bytes)) / Piece; piece++)
                Usable[piece] = 0;
            return true;
        }
    }

    /// <summary>Checks what a thread or a copy is about to touch, and returns where it lies.</summary>
    /// <exception cref="PtxException">Not all of it is allocated.</exception>
    public static nint At(long address, int bytes)
    {
        ulong at = (ulong)(address - (nint)Start);
        if (at >= (ulong)Bytes || (at % Piece) + (uint)bytes > Usable[at / Piece])
            throw new PtxException(PtxException.IllegalAddress, $"the {bytes} bytes at {address:x} of global memory are not allocated{Near((long)at)}");
        if ((address & (bytes - 1)) != 0)
            throw new PtxException(PtxException.Misaligned, $"{bytes} bytes at {address:x} of global memory");
        return (nint)address;
    }

    /// <summary>Checks a stretch for a copy.</summary>
    public static bool IsAllocated(nint address, long bytes)
    {
        lock (Gate)
        {
            long at = address - (nint)Start;
            return Allocated.Any(each => each.Key <= at && at + bytes <= each.Key + each.Value);
        }
    }

    private static string Near(long at)
    {
        lock (Gate)
        {
            foreach ((long start, long bytes) in Allocated.Reverse())
            {
                if (start <= at)
                    return $", {at - start - bytes} bytes behind the end of {bytes}";
            }
        }

        return "";
    }

    // One piece more lies between two allocations, so that running over an end is seen.
    private static long RoundUp(long bytes) => ((bytes + Piece - 1) / Piece * Piece) + Piece;

    private static byte* Reserve(long bytes)
    {
        nint start = Map(0, (nuint)bytes, ReadWrite, PrivateAnonymousNoReserve, -1, 0);
        return start != -1 ? (byte*)start : throw new InvalidOperationException($"{bytes} bytes of addresses cannot be had");
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);
}
