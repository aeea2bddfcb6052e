namespace Word2Vec.Analysis;

/// <summary>
/// How much two points of a UMAP belong together at the distance d: 1 / (1 + a · d^(2b)), with the a and b that bring it nearest to 1 below
/// a minimum distance and exp(−(d − minimum) / spread) beyond, by least squares at 300 distances up to three spreads.
/// </summary>
/// <param name="A">The factor.</param>
/// <param name="B">Half of the exponent.</param>
internal readonly record struct AffinityCurve(double A, double B)
{
    private const int Places = 300, MostSteps = 200;

    /// <summary>Fits the curve by Levenberg and Marquardt's steps.</summary>
    public static AffinityCurve Fit(double minimum, double spread)
    {
        var best = new AffinityCurve(1, 1);
        double damping = 1e-2, least = best.Error(minimum, spread);
        for (int step = 0; step < MostSteps && damping < 1e12; step++)
        {
            AffinityCurve next = best.Next(minimum, spread, damping);
            double error = next is { A: > 0, B: > 0 } ? next.Error(minimum, spread) : double.PositiveInfinity;
            damping *= error < least ? 0.3 : 5;
            if (error < least)
                (best, least) = (next, error);
        }

        return best;
    }

    private static double Target(double distance, double minimum, double spread) =>
        distance < minimum ? 1 : Math.Exp(-(distance - minimum) / spread);

    private double Error(double minimum, double spread)
    {
        double sum = 0;
        for (int i = 0; i < Places; i++)
        {
            double distance = 3 * spread * i / (Places - 1);
            sum += Math.Pow(At(distance) - Target(distance, minimum, spread), 2);
        }

        return sum;
    }

    private double At(double distance) => 1 / (1 + A * Math.Pow(distance, 2 * B));

    private AffinityCurve Next(double minimum, double spread, double damping)
    {
        double aa = 0, ab = 0, bb = 0, a = 0, b = 0;
        for (int i = 1; i < Places; i++)
        {
            double distance = 3 * spread * i / (Places - 1), value = At(distance), missing = Target(distance, minimum, spread) - value;
            double slopeA = -Math.Pow(distance, 2 * B) * value * value, slopeB = slopeA * A * 2 * Math.Log(distance);
            (aa, ab, bb) = (aa + slopeA * slopeA, ab + slopeA * slopeB, bb + slopeB * slopeB);
            (a, b) = (a + slopeA * missing, b + slopeB * missing);
        }

        (aa, bb) = (aa * (1 + damping), bb * (1 + damping));
        double determinant = aa * bb - ab * ab;
        return determinant > 0 ? new AffinityCurve(A + (a * bb - b * ab) / determinant, B + (b * aa - a * ab) / determinant) : this;
    }
}
