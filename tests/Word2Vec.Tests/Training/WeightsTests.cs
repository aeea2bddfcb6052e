using Word2Vec.Numerics;
using Word2Vec.Training;

namespace Word2Vec.Tests.Training;

public sealed unsafe class WeightsTests
{
    [Fact]
    public void The_first_weights_are_the_draws_of_the_seed_one_by_one_at_every_size()
    {
        foreach (int size in (int[])[.. Enumerable.Range(1, 40), 63, 64, 65, 100, 257, 300])
        {
            using var weights = new Weights(rows: 7, size);
            weights.Initialize(seed: 42);
            DrawKey key = DrawKey.From(42, -1, 0);
            var expected = new float[size];
            for (int id = 0; id < weights.Rows; id++)
            {
                for (int i = 0; i < size; i++)
                    expected[i] = (CounterRandom.Unit(key.Draw((long)id * size + i)) - 0.5f) / size;
                Assert.Equal(expected, weights.InputRow(id).ToArray());
                Assert.Equal(new float[size], weights.OutputRow(id).ToArray());
            }
        }
    }

    [Fact]
    public void Registers_and_single_draws_give_the_same_bits_at_the_ends_of_their_range()
    {
        uint[] ends = [0, 1, 255, 256, 0x7FFFFFFF, 0x80000000, 0xFFFFFF00, uint.MaxValue];
        uint[] bits = [.. ends, .. Enumerable.Range(0, 60).Select(i => (uint)i * 0x9E3779B1)];
        for (int size = 1; size <= bits.Length; size++)
        {
            float[] fast = new float[size], plain = new float[size];
            Weights.ToWeights(bits.AsSpan(0, size), fast);
            Weights.ToWeightsPlain(bits.AsSpan(0, size), plain, size);
            Assert.Equal(plain.Select(BitConverter.SingleToInt32Bits), fast.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_000, 100)]
    [InlineData(40_000, 33)]
    public void Rows_start_on_cache_lines_and_all_memory_is_zero_until_it_is_drawn_also_where_it_was_used_before(int rows, int size)
    {
        for (int round = 0; round < 2; round++)
        {
            using var weights = new Weights(rows, size);
            foreach (nint matrix in (nint[])[(nint)weights.Input, (nint)weights.Output])
            {
                var all = new Span<float>((void*)matrix, (int)weights.InputLength);
                Assert.Equal(0, matrix % 64);
                Assert.Equal(-1, all.IndexOfAnyExcept(0f));
                all.Fill(1);
            }
        }
    }
}
