using System.Globalization;
using System.Text;
using Word2Vec.Formats;

namespace Word2Vec.Tests.Formats;

public class FloatTextTests
{
    [Fact]
    public void The_shortest_digits_of_any_float_read_back_to_its_bits()
    {
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++)
        {
            float value = BitConverter.Int32BitsToSingle(random.Next() ^ (random.Next(2) << 31));
            if (float.IsFinite(value))
                AssertReads(value, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Random_decimals_read_as_the_platform_reads_them()
    {
        var random = new Random(2);
        for (int i = 0; i < 200_000; i++)
        {
            string text = random.NextInt64(1L << random.Next(1, 60)).ToString(CultureInfo.InvariantCulture);
            text = text.Insert(random.Next(text.Length + 1), ".");
            if (random.Next(2) == 0)
                text += $"e{random.Next(-30, 15)}";
            float expected = float.Parse(text, CultureInfo.InvariantCulture);
            AssertReads(expected, text);
        }
    }

    // Halfway between two floats, and a little to either side: where rounding twice would go wrong.
    [Fact]
    public void Midpoints_of_floats_are_rounded_once()
    {
        var random = new Random(3);
        for (int i = 0; i < 50_000; i++)
        {
            float low = (1 << 24) + random.Next(1 << 23);
            long middle = ((long)low * 2 + 1) << random.Next(20);
            foreach (string end in new[] { "", ".001", ".00000001", "0e-1", "e-9", "e9" })
                AssertReads(float.Parse($"{middle}{end}", CultureInfo.InvariantCulture), $"{middle}{end}");
            AssertReads(float.Parse($"{middle - 1}.999", CultureInfo.InvariantCulture), $"{middle - 1}.999");
        }
    }

    // 0.5000000298023224 lies just above the midpoint 0.5 + 2⁻²⁵, and is the same double.
    [Fact]
    public void A_decimal_that_becomes_the_double_of_a_midpoint_is_rounded_from_where_it_was()
    {
        var random = new Random(4);
        for (int i = 0; i < 50_000; i++)
        {
            int bits = random.Next(0x3c000000, 0x43000000);
            double middle = ((double)BitConverter.Int32BitsToSingle(bits) + BitConverter.Int32BitsToSingle(bits + 1)) / 2;
            string text = middle.ToString(CultureInfo.InvariantCulture);
            AssertReads(float.Parse(text, CultureInfo.InvariantCulture), text);
        }
    }

    [Theory]
    [InlineData("16777217", 16777216f)]
    [InlineData("-0", -0f)]
    [InlineData("-0.0e5", -0f)]
    [InlineData("+1.5", 1.5f)]
    [InlineData("-1.1234567890123456", -1.1234568f)]
    [InlineData("-1.12345678901234567", -1.1234568f)]
    [InlineData("1.1234567890123456", 1.1234568f)]
    [InlineData(".5", .5f)]
    [InlineData("5.", 5f)]
    [InlineData("1E-45", 1.4e-45f)]
    [InlineData("3.4028235E+38", float.MaxValue)]
    [InlineData("1e-400", 0f)]
    [InlineData("0.00000000000000000000000000000000000000000001", 1e-44f)]
    public void A_number_reads(string text, float expected) => AssertReads(expected, text);

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1..2")]
    [InlineData("1,5")]
    [InlineData("1\t2")]
    [InlineData("0x10")]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("1e400")]
    [InlineData("3.5e38")]
    [InlineData("1e99999999999")]
    public void What_is_no_finite_number_is_refused(string text) => Assert.Equal(0, FloatText.Parse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Reading_stops_at_a_space()
    {
        Assert.Equal(3, FloatText.Parse("1.5 7"u8, out float value));
        Assert.Equal(1.5f, value);
    }

    private static void AssertReads(float expected, string text)
    {
        int used = FloatText.Parse(Encoding.ASCII.GetBytes(text), out float value);
        if (used != text.Length || BitConverter.SingleToInt32Bits(expected) != BitConverter.SingleToInt32Bits(value))
            Assert.Fail($"'{text}' took {used} bytes and gave {value:R}; {expected:R} was expected.");
    }
}
