using System.Numerics;

namespace Word2Vec.Numerics;

/// <summary>
/// Discrete Fourier transforms of the sequences of a strip, in 32-bit floats: X[k] = Σ x[n] · e^(−2πi·n·k / length). <see
/// cref="PlainFourier"/> says the same as a sum.
/// </summary>
/// <remarks>
/// Stockham's order of passes, which needs no reversal of bits: with s the product of the radices before, a pass takes components that lie
/// length / radix apart and writes their small transforms, turned by roots of one, next to each other (C. Van Loan: Computational
/// Frameworks for the Fast Fourier Transform, 1992, section 1.7). All sequences of a strip go through the same operations, so every loop
/// runs along memory.
/// </remarks>
internal sealed unsafe class FourierPlan
{
    private readonly Pass[] _passes;

    /// <summary>Plans transforms of <paramref name="length"/>, which has no other prime factors than 2 and 3.</summary>
    public FourierPlan(int length)
    {
        Length = length;
        var passes = new List<Pass>();
        for (int rest = length, stride = 1; rest > 1;)
        {
            int radix = rest % 4 == 0 ? 4 : rest % 2 == 0 ? 2 : rest % 3 == 0 ? 3
                : throw new ArgumentException($"A transform of {length} components has another factor than 2 and 3.", nameof(length));
            passes.Add(new Pass(radix, rest / radix, stride));
            rest /= radix;
            stride *= radix;
        }

        _passes = [.. passes];
    }

    /// <summary>Components of a sequence.</summary>
    public int Length { get; }

    /// <summary>
    /// The smallest even length that is no less than <paramref name="least"/> and has no other prime factors than 2 and 3.
    /// </summary>
    public static int LengthFor(int least)
    {
        int length = Multiples.RoundUp(Math.Max(least, 2), 2);
        while (!IsPossible(length))
            length += 2;
        return length;
    }

    /// <summary>Transforms all sequences of <paramref name="strip"/>.</summary>
    public void Transform(FourierStrip strip)
    {
        foreach (Pass pass in _passes)
        {
            switch (pass.Radix)
            {
                case 2:
                    Two(pass, strip);
                    break;
                case 3:
                    Three(pass, strip);
                    break;
                default:
                    Four(pass, strip);
                    break;
            }

            strip.Swap();
        }
    }

    /// <summary>
    /// The transform back, x[n] = Σ X[k] · e^(2πi·n·k / length), which is <see cref="Length"/> times what was there before both.
    /// </summary>
    public void TransformBack(FourierStrip strip)
    {
        strip.SwapParts();
        Transform(strip);
        strip.SwapParts();
    }

    private static bool IsPossible(int length)
    {
        while (length % 2 == 0)
            length /= 2;
        while (length % 3 == 0)
            length /= 3;
        return length == 1;
    }

    private static void Two(Pass pass, FourierStrip strip)
    {
        int block = pass.Stride * FourierStrip.Width, apart = pass.Groups * block;
        for (int p = 0; p < pass.Groups; p++)
        {
            var turn = pass.Turn(p, 1);
            float* re = strip.Real + p * block, im = strip.Imaginary + p * block;
            float* toRe = strip.OtherReal + 2 * p * block, toIm = strip.OtherImaginary + 2 * p * block;
            for (int i = 0; i < block; i += Vector<float>.Count)
            {
                Complexes a = Complexes.Load(re + i, im + i), b = Complexes.Load(re + apart + i, im + apart + i);
                (a + b).Store(toRe + i, toIm + i);
                ((a - b) * turn).Store(toRe + block + i, toIm + block + i);
            }
        }
    }

    private static void Three(Pass pass, FourierStrip strip)
    {
        var half = new Vector<float>(0.5f);
        var height = new Vector<float>(MathF.Sqrt(0.75f));
        int block = pass.Stride * FourierStrip.Width, apart = pass.Groups * block;
        for (int p = 0; p < pass.Groups; p++)
        {
            Complexes turn1 = pass.Turn(p, 1), turn2 = pass.Turn(p, 2);
            float* re = strip.Real + p * block, im = strip.Imaginary + p * block;
            float* toRe = strip.OtherReal + 3 * p * block, toIm = strip.OtherImaginary + 3 * p * block;
            for (int i = 0; i < block; i += Vector<float>.Count)
            {
                Complexes a = Complexes.Load(re + i, im + i), b = Complexes.Load(re + apart + i, im + apart + i);
                Complexes c = Complexes.Load(re + 2 * apart + i, im + 2 * apart + i), sum = b + c;
                Complexes middle = a - sum.Scale(half), side = (b - c).Scale(height).TimesI();
                (a + sum).Store(toRe + i, toIm + i);
                ((middle - side) * turn1).Store(toRe + block + i, toIm + block + i);
                ((middle + side) * turn2).Store(toRe + 2 * block + i, toIm + 2 * block + i);
            }
        }
    }

    private static void Four(Pass pass, FourierStrip strip)
    {
        int block = pass.Stride * FourierStrip.Width, apart = pass.Groups * block;
        for (int p = 0; p < pass.Groups; p++)
        {
            Complexes turn1 = pass.Turn(p, 1), turn2 = pass.Turn(p, 2), turn3 = pass.Turn(p, 3);
            float* re = strip.Real + p * block, im = strip.Imaginary + p * block;
            float* toRe = strip.OtherReal + 4 * p * block, toIm = strip.OtherImaginary + 4 * p * block;
            for (int i = 0; i < block; i += Vector<float>.Count)
            {
                Complexes a = Complexes.Load(re + i, im + i), b = Complexes.Load(re + apart + i, im + apart + i);
                Complexes c = Complexes.Load(re + 2 * apart + i, im + 2 * apart + i), d = Complexes.Load(re + 3 * apart + i, im + 3 * apart + i);
                Complexes even = a + c, odd = a - c, sides = b + d, across = (b - d).TimesI();
                (even + sides).Store(toRe + i, toIm + i);
                ((odd - across) * turn1).Store(toRe + block + i, toIm + block + i);
                ((even - sides) * turn2).Store(toRe + 2 * block + i, toIm + 2 * block + i);
                ((odd + across) * turn3).Store(toRe + 3 * block + i, toIm + 3 * block + i);
            }
        }
    }

    /// <summary>One pass: its radix, how many groups of components it has, and how many components lie together in each.</summary>
    private sealed class Pass
    {
        private readonly float[] _turns;

        public Pass(int radix, int groups, int stride)
        {
            (Radix, Groups, Stride) = (radix, groups, stride);
            _turns = new float[2 * radix * groups];
            for (int i = 0; i < radix * groups; i++)
            {
                double angle = -2 * Math.PI * (i / radix) * (i % radix) / (radix * groups);
                (_turns[2 * i], _turns[2 * i + 1]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
            }
        }

        public int Radix { get; }

        public int Groups { get; }

        public int Stride { get; }

        /// <summary>The root of one that the component <paramref name="k"/> of group <paramref name="p"/> is multiplied by.</summary>
        public Complexes Turn(int p, int k) =>
            new(new Vector<float>(_turns[2 * (p * Radix + k)]), new Vector<float>(_turns[2 * (p * Radix + k) + 1]));
    }
}
