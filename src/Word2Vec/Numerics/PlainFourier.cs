namespace Word2Vec.Numerics;

/// <summary>What <see cref="FourierPlan"/> computes, as the sum that defines it: its yardstick in the tests.</summary>
internal static class PlainFourier
{
    /// <summary>Returns X[k] = Σ x[n] · e^(−2πi·n·k / length).</summary>
    public static (double Real, double Imaginary)[] Transform(IReadOnlyList<(double Real, double Imaginary)> x)
    {
        var sums = new (double Real, double Imaginary)[x.Count];
        for (int k = 0; k < x.Count; k++)
        {
            for (int n = 0; n < x.Count; n++)
            {
                (double sin, double cos) = Math.SinCos(-2 * Math.PI * ((long)n * k % x.Count) / x.Count);
                sums[k].Real += x[n].Real * cos - x[n].Imaginary * sin;
                sums[k].Imaginary += x[n].Real * sin + x[n].Imaginary * cos;
            }
        }

        return sums;
    }
}
