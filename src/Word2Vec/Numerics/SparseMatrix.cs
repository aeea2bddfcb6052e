namespace Word2Vec.Numerics;

/// <summary>A matrix of mostly zeros: for each row the columns that are not zero and their values.</summary>
/// <param name="Offsets">Where each row begins in the two other arrays, and where the last one ends.</param>
/// <param name="ColumnCount">The number of columns.</param>
internal sealed record SparseMatrix(int[] Offsets, int[] Columns, float[] Values, int ColumnCount)
{
    // Rows that a thread takes at once.
    private const int Piece = 256;

    public int Rows => Offsets.Length - 1;

    /// <summary>The same matrix with rows and columns exchanged.</summary>
    public SparseMatrix Transpose()
    {
        var offsets = new int[ColumnCount + 1];
        foreach (int column in Columns)
            offsets[column + 1]++;
        for (int column = 0; column < ColumnCount; column++)
            offsets[column + 1] += offsets[column];
        int[] next = [.. offsets], columns = new int[Columns.Length];
        var values = new float[Columns.Length];
        for (int row = 0; row < Rows; row++)
        {
            for (int place = Offsets[row]; place < Offsets[row + 1]; place++)
            {
                int target = next[Columns[place]]++;
                (columns[target], values[target]) = (row, Values[place]);
            }
        }

        return new SparseMatrix(offsets, columns, values, Rows);
    }

    /// <summary>
    /// Writes the product with <paramref name="dense"/>, of <see cref="ColumnCount"/> rows of <paramref name="width"/> floats, to
    /// <paramref name="target"/>, of <see cref="Rows"/> such rows. Each row is a sum of the rows that its columns name, in their order, so that
    /// the result does not depend on the number of threads.
    /// </summary>
    public void Multiply(float[] dense, int width, float[] target, CancellationToken cancellation = default)
    {
        var options = new ParallelOptions { CancellationToken = cancellation };
        Parallel.For(0, (Rows + Piece - 1) / Piece, options, piece =>
        {
            for (int row = piece * Piece; row < Math.Min(Rows, (piece + 1) * Piece); row++)
            {
                Span<float> sum = target.AsSpan(checked(row * width), width);
                sum.Clear();
                for (int place = Offsets[row]; place < Offsets[row + 1]; place++)
                    VectorMath.AddScaled(sum, Values[place], dense.AsSpan(Columns[place] * width, width));
            }
        });
    }
}
