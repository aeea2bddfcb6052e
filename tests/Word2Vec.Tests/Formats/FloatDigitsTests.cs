using System.Globalization;
using System.Text;
using Word2Vec.Formats;

namespace Word2Vec.Tests.Formats;

public class FloatDigitsTests
{
    [Fact]
    public void Any_float_is_written_as_the_platform_writes_it()
    {
        var random = new Random(1);
        for (int i = 0; i < 300_000; i++)
        {
            float value = BitConverter.Int32BitsToSingle(random.Next() ^ (random.Next(2) << 31));
            if (float.IsFinite(value))
                AssertWrites(value);
        }
    }

    [Fact]
    public void Floats_of_all_sizes_that_vectors_have_are_written_as_the_platform_writes_them()
    {
        var random = new Random(2);
        for (int i = 0; i < 1_000_000; i++)
            AssertWrites((random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-4, 8)));
    }

    // Few digits, and the neighbours of such numbers, among them the ends of every decade.
    [Fact]
    public void Short_numbers_and_their_neighbors_are_written_as_the_platform_writes_them()
    {
        for (int exponent = -7; exponent < 9; exponent++)
        {
            for (int digits = 1; digits < 4000; digits++)
            {
                float value = float.Parse($"{digits}e{exponent - 3}", CultureInfo.InvariantCulture);
                AssertWrites(value);
                AssertWrites(-value);
                AssertWrites(MathF.BitIncrement(value));
                AssertWrites(MathF.BitDecrement(value));
            }
        }
    }

    // Small integers and halves lie exactly between two multiples of a power of ten.
    [Fact]
    public void Integers_and_binary_fractions_are_written_as_the_platform_writes_them()
    {
        for (int i = 0; i < 100_000; i++)
        {
            AssertWrites(i);
            AssertWrites(i * 10 + 5);
            AssertWrites(i / 64f);
            AssertWrites(900_000 + i / 16f);
        }
    }

    private static void AssertWrites(float value)
    {
        Span<byte> expected = stackalloc byte[FloatDigits.Longest], actual = stackalloc byte[FloatDigits.Longest + 1];
        int length = FloatDigits.WriteSlowly(value, expected), written = FloatDigits.Write(value, actual);
        if (!expected[..length].SequenceEqual(actual[..written]))
            Assert.Fail($"{value:R} was written as {Encoding.ASCII.GetString(actual[..written])}.");
    }
}
