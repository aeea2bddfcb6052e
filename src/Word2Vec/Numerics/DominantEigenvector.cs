using System.Numerics.Tensors;

namespace Word2Vec.Numerics;

/// <summary>The one eigenvector of a symmetric matrix that a projection takes away; cheaper than all of them.</summary>
internal static class DominantEigenvector
{
    private const int MostSteps = 20_000;

    /// <summary>
    /// The unit eigenvector of the greatest eigenvalue of a <paramref name="matrix"/> without negative ones, by repeated multiplication; null
    /// for a matrix of zeros. Its largest component is positive.
    /// </summary>
    public static double[]? Of(ReadOnlySpan<double> matrix, int n)
    {
        int widest = 0;
        for (int i = 1; i < n; i++)
            widest = matrix[i * n + i] > matrix[widest * n + widest] ? i : widest;
        double[] vector = matrix.Slice(widest * n, n).ToArray(), next = new double[n];
        if (!Normalize(vector))
            return null;
        for (int step = 0, still = 0; step < MostSteps && still < 3; step++)
        {
            for (int i = 0; i < n; i++)
                next[i] = TensorPrimitives.Dot(matrix.Slice(i * n, n), vector);
            Normalize(next);
            still = TensorPrimitives.Distance<double>(vector, next) < 1e-14 * Math.Sqrt(n) ? still + 1 : 0;
            (vector, next) = (next, vector);
        }

        if (vector[TensorPrimitives.IndexOfMaxMagnitude<double>(vector)] < 0)
            TensorPrimitives.Negate<double>(vector, vector);
        return vector;
    }

    private static bool Normalize(double[] vector)
    {
        double norm = TensorPrimitives.Norm<double>(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
        return norm > 0;
    }
}
