namespace Word2Vec.Numerics;

/// <summary>
/// The logistic function σ(x) = 1 / (1 + e⁻ˣ) and its logarithm in additions, multiplications and one division, which round the same on every
/// machine, where the mathematics library's exponential does not. It compiles to kernels as it stands.
/// </summary>
/// <remarks>
/// e⁻ˣ = 2ⁿ · eʳ with |r| ≤ ½ ln 2 (Cody and Waite's two-part ln 2) and a polynomial for eʳ; ln(1 + e) on [0, 1] is e times a polynomial.
/// Both polynomials are Chebyshev fits; the results are within 2·10⁻⁷ of the exact ones.
/// </remarks>
public static class LogisticFunction
{
    /// <summary>Beyond ±Limit σ is 0 or 1 in float arithmetic; arguments are clamped to it.</summary>
    public const float Limit = 30f;

    internal const float Log2E = 1.44269504f, Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;

    // eʳ = 1 + r + r² · (E0 + E1 r + … + E4 r⁴).
    internal const float E0 = 0.5f, E1 = 0.1666657703f, E2 = 0.04166655466f, E3 = 0.008363173075f, E4 = 0.001392617612f;

    // ln(1 + e) = e · (L0 + L1 e + … + L8 e⁸).
    internal const float L0 = 0.9999999659f, L1 = -0.4999944498f, L2 = 0.3331812171f, L3 = -0.2483539899f, L4 = 0.1907688073f,
        L5 = -0.1360224761f, L6 = 0.07751608661f, L7 = -0.0290740646f, L8 = 0.005126102124f;

    /// <summary>Returns σ(<paramref name="x"/>), 0 … 1; NaN for NaN.</summary>
    public static float Sigmoid(float x)
    {
        float e = ExpOfMinusAbs(x);
        return (x >= 0 ? 1f : e) / (1f + e);
    }

    /// <summary>
    /// Returns σ(<paramref name="x"/>), and in <paramref name="log"/> ln(1 + e^−|x|), for one exponential: −ln σ(x) = max(−x, 0) + log and
    /// −ln σ(−x) = max(x, 0) + log.
    /// </summary>
    public static float Sigmoid(float x, out float log)
    {
        float e = ExpOfMinusAbs(x);
        log = LogOfOnePlus(e);
        return (x >= 0 ? 1f : e) / (1f + e);
    }

    /// <summary>Returns −ln σ(<paramref name="x"/>), 0 or greater; NaN for NaN.</summary>
    public static float MinusLogSigmoid(float x) => (x < 0 ? -x : 0f) + LogOfOnePlus(ExpOfMinusAbs(x));

    private static float LogOfOnePlus(float e)
    {
        float series = L8;
        series = series * e + L7;
        series = series * e + L6;
        series = series * e + L5;
        series = series * e + L4;
        series = series * e + L3;
        series = series * e + L2;
        series = series * e + L1;
        series = series * e + L0;
        return e * series;
    }

    /// <summary>Returns e^−|x|, with |x| clamped to <see cref="Limit"/>.</summary>
    private static float ExpOfMinusAbs(float x)
    {
        float y = x < 0 ? x : -x;
        if (y < -Limit)
            y = -Limit;
        int n = (int)(y * Log2E - 0.5f);
        float r = y - n * Ln2High - n * Ln2Low;
        float series = E4;
        series = series * r + E3;
        series = series * r + E2;
        series = series * r + E1;
        series = series * r + E0;
        return BitConverter.Int32BitsToSingle((n + 127) << 23) * (1f + r + r * r * series);
    }
}
