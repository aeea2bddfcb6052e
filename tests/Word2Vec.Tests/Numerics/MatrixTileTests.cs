using System.Numerics;
using Word2Vec.Numerics;

namespace Word2Vec.Tests.Numerics;

public unsafe class MatrixTileTests
{
    public static TheoryData<int, int, int> Shapes { get; } = new()
    {
        { 6, 1, 1 }, { 6, 2, 7 }, { 12, 3, 100 }, { 48, 1, 33 }, { 18, 5, 2 }, { 6, 4, 0 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Floats_are_multiplied_as_the_plain_loops_do(int rows, int registers, int depth) => Compare<float>(rows, registers, depth, 1e-5);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Doubles_are_multiplied_as_the_plain_loops_do(int rows, int registers, int depth) => Compare<double>(rows, registers, depth, 1e-13);

    private static void Compare<T>(int rows, int registers, int depth, double tolerance)
        where T : unmanaged, INumberBase<T>
    {
        int columns = registers * Vector<T>.Count;
        foreach (bool transposed in new[] { false, true })
        {
            T[] a = Draw<T>(rows * (depth + 3), 1), b = Draw<T>(columns * depth + columns, 2), c = Draw<T>(rows * (columns + 5), 3), expected = [.. c];
            (nint aRow, nint aDepth) = transposed ? (1, rows) : (depth + 3, (nint)1);
            fixed (T* pa = a, pb = b, pc = c, pe = expected)
            {
                MatrixTile<T>.Product(pa, aRow, aDepth, pb, columns, rows, columns, depth, pc, columns + 5);
                PlainMatrixTile.Product(pa, aRow, aDepth, pb, columns, rows, columns, depth, pe, columns + 5);
            }

            Assert.All(c.Zip(expected), pair => Assert.Equal(double.CreateChecked(pair.Second), double.CreateChecked(pair.First), tolerance * (depth + 1)));
        }
    }

    private static T[] Draw<T>(int count, int index)
        where T : INumberBase<T>
    {
        DrawKey key = DrawKey.From(1, 0, index);
        return [.. Enumerable.Range(0, count).Select(i => T.CreateChecked(CounterRandom.Unit(key.Draw(i)) - 0.5f))];
    }
}
