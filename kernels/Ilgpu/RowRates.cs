using ILGPU;
using Word2Vec.Numerics;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Which rows a kernel of <see cref="RowRates"/> touches.</summary>
internal struct RowDraws
{
    /// <summary>Rows of the matrix, floats of a row, and floats from one row to the next.</summary>
    public int Rows, Size, Stride;

    /// <summary>Rows that each row of lanes takes; a multiple of <see cref="RowRates.Together"/>.</summary>
    public int Draws;

    /// <summary>Threads that share a row, a power of two, and its exponent.</summary>
    public int Lanes, LaneBits;

    /// <summary>The key of the row numbers.</summary>
    public uint KeyA, KeyB;

    /// <summary>The row numbers: 0 for uniform ones, else what <see cref="RowRates.Row"/> says.</summary>
    public uint FirstBits, Steps;

    /// <summary>Taken from the number that the bits stand for.</summary>
    public int Offset;
}

/// <summary>
/// Kernels that do nothing but move rows or multiply: their rates are the ceiling of any training kernel on the device.
/// </summary>
/// <remarks>
/// Launch shape: groups of any power of two of threads; a row of <c>Lanes</c> threads (32 where the group has as many) takes one matrix row at a
/// time. Row numbers are drawn on the device, four at a time, so that four rows are on their way together. Nothing lies in shared memory. The loops
/// run as often in every lane, because ILGPU takes a loop's exit for uniform; what a lane must not do is left out by a condition inside. An index
/// goes round the inner loop, because ILGPU computes a value where it is used, and would draw the row number there each time.
/// </remarks>
internal static class RowRates
{
    /// <summary>Rows that a row of lanes asks for before it uses the first.</summary>
    public const int Together = 4;

    /// <summary>Multiply-adds of a thread in one turn of <see cref="MultiplyAdd"/>.</summary>
    public const int MultiplyAddsATurn = 32;

    /// <summary>
    /// The row number at <paramref name="position"/>. With <c>Steps</c> 0 all rows are equally likely. Otherwise a float's bit pattern is drawn from
    /// those of the numbers between <c>Offset</c> + 1 and <c>Rows + Offset</c> + 1: the logarithm is nearly uniform, so row r comes up about as
    /// 1 / (r + 1 + Offset), Zipf's law. Integers alone, hence the same on every device.
    /// </summary>
    public static int Row(RowDraws a, uint position)
    {
        uint bits = CounterRandom.Draw(a.KeyA, a.KeyB, position, 0);
        int uniform = (int)CounterRandom.Below(bits, (uint)a.Rows);
        int zipf = (int)Interop.IntAsFloat(a.FirstBits + CounterRandom.Below(bits, a.Steps)) - a.Offset - 1;
        return a.Steps == 0 ? uniform : zipf;
    }

    /// <summary>Reads rows, 128 bits a lane at a time; each thread leaves the sum of what it read in <paramref name="sums"/>.</summary>
    public static void Gather(RowDraws a, ArrayView<Float4> matrix, ArrayView<float> sums)
    {
        int thread = (Grid.IdxX * Group.DimX) + Group.IdxX, lane = Group.IdxX & (a.Lanes - 1);
        int quads = a.Size >> 2, stride = a.Stride >> 2;
        uint position = (uint)(thread >> a.LaneBits) * (uint)a.Draws;
        float x = 0, y = 0, z = 0, w = 0;
        for (int draw = 0; draw < a.Draws; draw += Together)
        {
            int first = (Row(a, position) * stride) + lane, second = (Row(a, position + 1) * stride) + lane;
            int third = (Row(a, position + 2) * stride) + lane, fourth = (Row(a, position + 3) * stride) + lane;
            position += Together;
            for (int begin = 0; begin < quads; begin += a.Lanes)
            {
                if (begin + lane < quads)
                {
                    Float4 p = matrix[first], q = matrix[second], r = matrix[third], s = matrix[fourth];
                    x += (p.X + q.X) + (r.X + s.X);
                    y += (p.Y + q.Y) + (r.Y + s.Y);
                    z += (p.Z + q.Z) + (r.Z + s.Z);
                    w += (p.W + q.W) + (r.W + s.W);
                }

                first += a.Lanes;
                second += a.Lanes;
                third += a.Lanes;
                fourth += a.Lanes;
            }
        }

        sums[thread] = (x + y) + (z + w);
    }

    /// <summary>Adds <paramref name="change"/> to every float of rows, atomically: lane l takes the floats l, l + Lanes, l + 2 · Lanes …</summary>
    public static void Add(RowDraws a, ArrayView<float> matrix, float change)
    {
        int thread = (Grid.IdxX * Group.DimX) + Group.IdxX, lane = Group.IdxX & (a.Lanes - 1);
        uint position = (uint)(thread >> a.LaneBits) * (uint)a.Draws;
        for (int draw = 0; draw < a.Draws; draw++)
        {
            int element = (Row(a, position) * a.Stride) + lane;
            position++;
            for (int begin = 0; begin < a.Size; begin += a.Lanes)
            {
                if (begin + lane < a.Size)
                    Atomic.Add(ref matrix[element], change);
                element += a.Lanes;
            }
        }
    }

    /// <summary>The same four floats at a time (<see cref="CardAddition"/>), of rows of a multiple of four floats: lane l takes the floats 4 · l … 4 · l + 3 and so on.</summary>
    /// <param name="matrix">Where the matrix begins in the device's memory.</param>
    public static void AddVectors(RowDraws a, long matrix, float change) => Add<FourFloats>(a, matrix, change);

    /// <summary>The same two floats at a time, of rows of an even number of floats.</summary>
    /// <param name="matrix">Where the matrix begins in the device's memory.</param>
    public static void AddPairs(RowDraws a, long matrix, float change) => Add<TwoFloats>(a, matrix, change);

    private interface IVector
    {
        int Length { get; }

        void Add(long address, float change);
    }

    private readonly struct FourFloats : IVector
    {
        public int Length => 4;

        public void Add(long address, float change) => CardAddition.Add(address, new Float4 { X = change, Y = change, Z = change, W = change });
    }

    private readonly struct TwoFloats : IVector
    {
        public int Length => 2;

        public void Add(long address, float change) => CardAddition.Add(address, change, change);
    }

    private static void Add<TVector>(RowDraws a, long matrix, float change)
        where TVector : struct, IVector
    {
        int thread = (Grid.IdxX * Group.DimX) + Group.IdxX, first = default(TVector).Length * (Group.IdxX & (a.Lanes - 1)), step = default(TVector).Length * a.Lanes;
        uint position = (uint)(thread >> a.LaneBits) * (uint)a.Draws;
        for (int draw = 0; draw < a.Draws; draw++)
        {
            long address = CardAddition.Row(matrix, Row(a, position), sizeof(float) * a.Stride) + (sizeof(float) * first);
            position++;
            for (int begin = 0; begin < a.Size; begin += step)
            {
                if (begin + first < a.Size)
                    default(TVector).Add(address, change);
                address += sizeof(float) * step;
            }
        }
    }

    /// <summary>Copies <paramref name="turns"/> × 4 quads a thread; neighbouring threads take neighbouring quads.</summary>
    public static void Copy(ArrayView<Float4> from, ArrayView<Float4> to, int turns)
    {
        int threads = Grid.DimX * Group.DimX, index = (Grid.IdxX * Group.DimX) + Group.IdxX;
        for (int turn = 0; turn < turns; turn++)
        {
            Float4 p = from[index], q = from[index + threads], r = from[index + (2 * threads)], s = from[index + (3 * threads)];
            to[index] = p;
            to[index + threads] = q;
            to[index + (2 * threads)] = r;
            to[index + (3 * threads)] = s;
            index += 4 * threads;
        }
    }

    /// <summary>Eight chains of multiply-adds a thread, without memory; the sum of their ends is left in <paramref name="results"/>.</summary>
    public static void MultiplyAdd(ArrayView<float> results, float factor, float summand, int turns)
    {
        int thread = (Grid.IdxX * Group.DimX) + Group.IdxX;
        float a = thread & 7, b = a + 1, c = a + 2, d = a + 3, e = a + 4, f = a + 5, g = a + 6, h = a + 7;
        for (int turn = 0; turn < turns; turn++)
        {
            a = (a * factor) + summand;
            b = (b * factor) + summand;
            c = (c * factor) + summand;
            d = (d * factor) + summand;
            e = (e * factor) + summand;
            f = (f * factor) + summand;
            g = (g * factor) + summand;
            h = (h * factor) + summand;
            a = (a * factor) + summand;
            b = (b * factor) + summand;
            c = (c * factor) + summand;
            d = (d * factor) + summand;
            e = (e * factor) + summand;
            f = (f * factor) + summand;
            g = (g * factor) + summand;
            h = (h * factor) + summand;
            a = (a * factor) + summand;
            b = (b * factor) + summand;
            c = (c * factor) + summand;
            d = (d * factor) + summand;
            e = (e * factor) + summand;
            f = (f * factor) + summand;
            g = (g * factor) + summand;
            h = (h * factor) + summand;
            a = (a * factor) + summand;
            b = (b * factor) + summand;
            c = (c * factor) + summand;
            d = (d * factor) + summand;
            e = (e * factor) + summand;
            f = (f * factor) + summand;
            g = (g * factor) + summand;
            h = (h * factor) + summand;
        }

        results[thread] = ((a + b) + (c + d)) + ((e + f) + (g + h));
    }
}
