using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Queries;

/// <summary>
/// Vectors as small whole numbers: each component times a factor of the vector's own, rounded to a byte. A product of two coded vectors is
/// known to differ from that of the vectors by no more than the rounding allows, which tells almost all rows that cannot be among the best
/// from those that may be.
/// </summary>
internal static unsafe class ComponentCodes<TVector, TLanes, TByteLanes>
    where TVector : struct
    where TLanes : ILanes<TVector>
    where TByteLanes : IByteLanes<TVector>
{
    /// <summary>Components that are added up in 16 bits; longer vectors are added up piece by piece.</summary>
    public const int Piece = 512;

    /// <summary>What makes the codes of a query 1 … 127; the start of a row's sums takes it away again.</summary>
    public const int QueryOffset = 64;

    // The norms of two coded pieces have at most this product, which is what a sum of 16 bits holds, and share it equally.
    private const float LargestNorm = 181;

    // The halves of a sum take components in turns: two for the one, two for the other.
    private static readonly float[] LowHalf = [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0];
    private static readonly float[] HighHalf = [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1];

    /// <summary>Bytes of a coded vector: its size, rounded up to a lane.</summary>
    public static int Stride(int size) => (size + 3) / 4 * 4;

    /// <summary>Pieces of a vector.</summary>
    public static int Pieces(int size) => (size + Piece - 1) / Piece;

    /// <summary>
    /// Writes the codes of <paramref name="vector"/> and for each piece, <paramref name="step"/> apart, what its sums start from. No code
    /// exceeds <paramref name="greatestCode"/>. Up to a register behind the codes is overwritten.
    /// </summary>
    /// <returns>
    /// What the vector was multiplied by, 0 for a vector of zeros, and the norm of what rounding changed after that.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Factor, float Error) Encode(float* vector, int size, int greatestCode, sbyte* codes, int* starts, int step)
    {
        // The last register's worth, filled up with zeros.
        float* tail = stackalloc float[TLanes.Count];
        int left = size % TLanes.Count;
        new ReadOnlySpan<float>(vector + size - left, left).CopyTo(new Span<float>(tail, TLanes.Count));
        float factor = Factor(vector, size, tail, greatestCode);
        TVector scale = TLanes.Broadcast(factor), errors = TLanes.Broadcast(0);
        for (int start = 0; start < size; start += Piece, starts += step)
        {
            TVector sum = TLanes.Broadcast(0);
            for (int i = start, end = Math.Min(start + Piece, size); i < end; i += TLanes.Count)
            {
                TVector x = TLanes.Multiply(TLanes.Load(size - i < TLanes.Count ? tail : vector + i), scale), whole = TByteLanes.Round(x);
                TVector error = TLanes.Subtract(x, whole);
                errors = TLanes.MultiplyAdd(error, error, errors);
                sum = TLanes.Add(sum, whole);
                TByteLanes.StoreBytes(whole, codes + i);
            }

            *starts = Start(sum);
        }

        return (factor, MathF.Sqrt(TLanes.Sum(errors)));
    }

    // The largest factor at which no code is too great and no piece is longer than the sums have room for.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Factor(float* vector, int size, float* tail, int greatestCode)
    {
        TVector greatest = TLanes.Broadcast(0);
        float longest = 0;
        for (int start = 0; start < size; start += Piece)
        {
            TVector squares = TLanes.Broadcast(0);
            for (int i = start, end = Math.Min(start + Piece, size); i < end; i += TLanes.Count)
            {
                TVector x = TLanes.Load(size - i < TLanes.Count ? tail : vector + i);
                greatest = TByteLanes.MaxMagnitude(greatest, x);
                squares = TLanes.MultiplyAdd(x, x, squares);
            }

            longest = Math.Max(longest, TLanes.Sum(squares));
        }

        if (longest == 0)
            return 0;
        // Rounding lengthens a half of a piece by no more than half the root of its components.
        float room = LargestNorm - 0.5f * MathF.Sqrt(Math.Min(size, Piece) / 2 + 2);
        return Math.Min(greatestCode / TByteLanes.Max(greatest), room / MathF.Sqrt(longest)) * 0.99999f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Start(TVector sum)
    {
        fixed (float* low = LowHalf, high = HighHalf)
        {
            int lower = (int)TLanes.Sum(TLanes.Multiply(sum, TLanes.Load(low))) * -QueryOffset;
            int upper = (int)TLanes.Sum(TLanes.Multiply(sum, TLanes.Load(high))) * -QueryOffset;
            return (ushort)lower | (upper << 16);
        }
    }
}
