#pragma warning disable IDE1006, CA1707 // Methods that stand for one operation bear its name.

using System.Runtime.CompilerServices;

namespace Word2Vec.CudaOnCpu;

/// <summary>Atomic operations on one element; each returns what was there before.</summary>
internal static unsafe class PtxAtomics
{
    public static float add(nint at, float value)
    {
        ref int bits = ref Unsafe.AsRef<int>((void*)at);
        int found = bits, expected;
        do
        {
            expected = found;
            found = Interlocked.CompareExchange(ref bits, BitConverter.SingleToInt32Bits(BitConverter.Int32BitsToSingle(expected) + value), expected);
        }
        while (found != expected);
        return BitConverter.Int32BitsToSingle(found);
    }

    public static int add(nint at, int value) => Interlocked.Add(ref Unsafe.AsRef<int>((void*)at), value) - value;

    public static uint add(nint at, uint value) => Interlocked.Add(ref Unsafe.AsRef<uint>((void*)at), value) - value;

    public static int exch(nint at, int value) => Interlocked.Exchange(ref Unsafe.AsRef<int>((void*)at), value);

    public static uint exch(nint at, uint value) => Interlocked.Exchange(ref Unsafe.AsRef<uint>((void*)at), value);

    public static int min(nint at, int value) => Change(at, value, Math.Min);

    public static uint min(nint at, uint value) => (uint)Change(at, (int)value, (a, b) => (int)Math.Min((uint)a, (uint)b));

    public static int max(nint at, int value) => Change(at, value, Math.Max);

    public static uint max(nint at, uint value) => (uint)Change(at, (int)value, (a, b) => (int)Math.Max((uint)a, (uint)b));

    public static uint and(nint at, uint value) => Interlocked.And(ref Unsafe.AsRef<uint>((void*)at), value);

    public static uint or(nint at, uint value) => Interlocked.Or(ref Unsafe.AsRef<uint>((void*)at), value);

    public static uint xor(nint at, uint value) => (uint)Change(at, (int)value, (a, b) => a ^ b);

    private static int Change(nint at, int value, Func<int, int, int> change)
    {
        ref int bits = ref Unsafe.AsRef<int>((void*)at);
        int found = bits, expected;
        do
        {
            expected = found;
            found = Interlocked.CompareExchange(ref bits, change(expected, value), expected);
        }
        while (found != expected);
        return found;
    }
}
