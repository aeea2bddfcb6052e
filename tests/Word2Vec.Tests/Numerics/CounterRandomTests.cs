using Word2Vec.Numerics;

namespace Word2Vec.Tests.Numerics;

public sealed class CounterRandomTests
{
    [Fact]
    public void The_bits_are_these_on_every_machine()
    {
        // Worked out once with integers of unlimited length; a change of these breaks every resumed training and every stored result.
        Assert.Equal(Reference(0x12345678, 0x9abcdef0, 5, 0), CounterRandom.Draw(0x12345678, 0x9abcdef0, 5, 0));
        Assert.Equal(Reference(1, 2, 0xffffffff, 7), CounterRandom.Draw(1, 2, 0xffffffff, 7));
        Assert.Equal(new DrawKey(0x6d8d86c3u, 0xb18a02f4u), DrawKey.From(1, 0, 0));
        Assert.Equal(0x6c51ac21u, DrawKey.From(1, 0, 0).Draw(0));
        Assert.Equal(0xcafc3592u, DrawKey.From(1, 2, 3).Draw((1L << 33) + 12345));
    }

    [Fact]
    public void Bits_are_balanced_and_neighbouring_positions_and_streams_are_unrelated()
    {
        const int Draws = 1 << 16;
        DrawKey key = DrawKey.From(1, 0, 0), other = DrawKey.From(1, 0, 1);
        var ones = new int[32];
        var equalToNext = new int[32];
        var equalToOther = new int[32];
        for (int i = 0; i < Draws; i++)
        {
            uint bits = key.Draw(i), next = key.Draw(i + 1), stream = other.Draw(i);
            for (int b = 0; b < 32; b++)
            {
                ones[b] += (int)(bits >> b) & 1;
                equalToNext[b] += (int)(~(bits ^ next) >> b) & 1;
                equalToOther[b] += (int)(~(bits ^ stream) >> b) & 1;
            }
        }

        // Five standard deviations of a fair coin.
        double tolerance = 5 * Math.Sqrt(Draws) / 2;
        Assert.All(ones.Concat(equalToNext).Concat(equalToOther), count => Assert.InRange(count, Draws / 2 - tolerance, Draws / 2 + tolerance));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(12_345L)]
    [InlineData((1L << 32) - 20)]
    [InlineData((5L << 32) - 1)]
    [InlineData((1L << 40) + 7)]
    public void Draws_by_the_register_are_those_one_by_one(long start)
    {
        DrawKey key = DrawKey.From(3, 1, 2);
        for (int length = 0; length <= 70; length++)
        {
            uint[] expected = [.. Enumerable.Range(0, length).Select(i => key.Draw(start + i))];
            var range = new uint[length];
            key.DrawRange(start, range);
            Assert.Equal(expected, range);

            // Positions of kept tokens have gaps.
            long[] positions = [.. Enumerable.Range(0, length).Select(i => start + i * i)];
            var bits = new uint[length];
            key.Draw(positions, bits);
            Assert.Equal(positions.Select(key.Draw), bits);
        }
    }

    [Fact]
    public void Seeds_epochs_and_indexes_each_change_the_key()
    {
        var keys = new HashSet<DrawKey>();
        for (ulong seed = 0; seed < 10; seed++)
        {
            for (int epoch = -1; epoch < 10; epoch++)
            {
                for (int index = 0; index < 10; index++)
                    Assert.True(keys.Add(DrawKey.From(seed, epoch, index)));
            }
        }
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(3u)]
    [InlineData(1000u)]
    public void Below_stays_below_and_reaches_both_ends(uint count)
    {
        Assert.Equal(0u, CounterRandom.Below(0, count));
        Assert.Equal(count - 1, CounterRandom.Below(uint.MaxValue, count));
    }

    private static uint Reference(uint keyA, uint keyB, uint low, uint high)
    {
        System.Numerics.BigInteger modulus = System.Numerics.BigInteger.One << 32, bits = low ^ keyA;
        bits ^= bits >> 17;
        bits = bits * 0xed5ad4bb % modulus;
        bits = (bits + keyB + (System.Numerics.BigInteger)high * 0x9e3779b1) % modulus;
        bits ^= bits >> 11;
        bits = bits * 0xac4c1b51 % modulus;
        bits ^= bits >> 15;
        bits = bits * 0x31848bab % modulus;
        bits ^= bits >> 14;
        return (uint)bits;
    }
}
