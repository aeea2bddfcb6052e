using ILGPU;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Which columns of a strip a lane brings to a product, and how it adds what it has of the sums: a product does not mind in which order its rows are, which here are columns of a tile.</summary>
/// <remarks>Of each sixteen columns of a strip a lane has two.</remarks>
internal interface ITensorColumns
{
    /// <summary>The first column of a lane of group <paramref name="g"/> (see <see cref="TensorProduct"/>).</summary>
    int First(int g);

    /// <summary>A lane's two columns of the sixteen that begin <paramref name="at"/> behind the strip's beginning, of the row at <paramref name="row"/> of <see cref="TileMemory.Columns"/> and of the one behind it.</summary>
    TensorProduct.Factor Take(TileMemory shared, int row, int at);

    /// <summary>Adds to a lane's two columns, the first of which is at <paramref name="address"/>.</summary>
    void Add(long address, float first, float second);
}

/// <summary>Columns eight apart: eight lanes then add to eight columns of one row side by side, which are a sector of the memory.</summary>
internal readonly struct TensorSectors : ITensorColumns
{
    private const int Apart = 8;

    public int First(int g) => g;

    public TensorProduct.Factor Take(TileMemory shared, int row, int at)
    {
        ArrayView<int> rows = shared.Columns.Cast<int>().SubView(row, TensorProduct.Stride + at + Apart + 1);
        return new TensorProduct.Factor
        {
            Upper = rows[at],
            Lower = rows[at + Apart],
            UpperNext = rows[TensorProduct.Stride + at],
            LowerNext = rows[TensorProduct.Stride + at + Apart],
        };
    }

    public void Add(long address, float first, float second)
    {
        CardAddition.Add(address, first);
        CardAddition.Add(address + (sizeof(float) * Apart), second);
    }
}

/// <summary>Two columns side by side, read and added at once (<see cref="CardAddition"/>).</summary>
internal readonly struct TensorPairs : ITensorColumns
{
    public int First(int g) => 2 * g;

    public TensorProduct.Factor Take(TileMemory shared, int row, int at)
    {
        ArrayView<Int2> rows = shared.Rows.Cast<Int2>().SubView(row / 2, ((TensorProduct.Stride + at) / 2) + 1);
        Int2 here = rows[at / 2], next = rows[(TensorProduct.Stride + at) / 2];
        return new TensorProduct.Factor { Upper = here.X, Lower = here.Y, UpperNext = next.X, LowerNext = next.Y };
    }

    public void Add(long address, float first, float second) => CardAddition.Add(address, first, second);
}
