using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Tests.Sampling;

public sealed class SamplerTests
{
    private static readonly Vocabulary Words = new(WordIndex.From(["the", "of", "cat", "dog", "owl"]), [5000, 2500, 400, 80, 20]);

    [Fact]
    public void Tokens_stay_as_often_as_word2vec_c_keeps_them()
    {
        const int Positions = 200_000;
        EpochDraws draws = new Sampler(Words, 1e-2, 5, 5, 1).Epoch(0);
        for (int word = 0; word < Words.Count; word++)
        {
            int kept = Enumerable.Range(0, Positions).Count(position => draws.Keeps(word, position));
            double share = Words.Counts[word] / 8000.0, expected = Math.Min(1, Math.Sqrt(1e-2 / share) + 1e-2 / share);
            Assert.Equal(expected, (double)kept / Positions, 5 * Math.Sqrt(expected * (1 - expected) / Positions) + 1e-9);
        }
    }

    [Fact]
    public void A_threshold_of_zero_keeps_every_token()
    {
        EpochDraws draws = new Sampler(Words, 0, 5, 5, 1).Epoch(3);
        Assert.All(Enumerable.Range(0, 10_000), position => Assert.True(draws.Keeps(0, position)));
    }

    [Fact]
    public void Radii_are_uniform_from_1_to_the_window()
    {
        const int Positions = 100_000;
        EpochDraws draws = new Sampler(Words, 0, 5, 5, 1).Epoch(0);
        var counts = new int[7];
        for (int position = 0; position < Positions; position++)
            counts[draws.Radius(position)]++;
        Assert.Equal(0, counts[0]);
        Assert.Equal(0, counts[6]);
        Assert.All(counts[1..6], count => Assert.InRange(count, Positions / 5 - 700, Positions / 5 + 700));
    }

    [Fact]
    public void Negatives_follow_the_counts_to_the_power_of_three_quarters()
    {
        const int Positions = 100_000, Negatives = 3;
        EpochDraws draws = new Sampler(Words, 1e-3, 5, Negatives, 1).Epoch(0);
        var counts = new double[Words.Count];
        for (int position = 0; position < Positions; position++)
        {
            for (int k = 0; k < Negatives; k++)
                counts[draws.Negative(position, k)]++;
        }

        double[] weights = [.. Words.Counts.ToArray().Select(count => Math.Pow(count, 0.75))];
        double chiSquare = 0;
        for (int word = 0; word < counts.Length; word++)
        {
            double expected = Positions * Negatives * weights[word] / weights.Sum();
            chiSquare += (counts[word] - expected) * (counts[word] - expected) / expected;
        }

        // 99.99 % of chi-square with 4 degrees of freedom lies below 23.5.
        Assert.InRange(chiSquare, 0, 23.5);
    }

    [Fact]
    public void Draws_depend_on_seed_epoch_and_position_alone()
    {
        EpochDraws a = new Sampler(Words, 1e-2, 5, 5, 1).Epoch(2), again = new Sampler(Words, 1e-2, 5, 5, 1).Epoch(2);
        EpochDraws otherSeed = new Sampler(Words, 1e-2, 5, 5, 2).Epoch(2), otherEpoch = new Sampler(Words, 1e-2, 5, 5, 1).Epoch(1);
        int[] Negatives(EpochDraws draws) => [.. Enumerable.Range(0, 100).Select(position => draws.Negative(position + (1L << 35), 4))];
        Assert.Equal(Negatives(a), Negatives(again));
        Assert.NotEqual(Negatives(a), Negatives(otherSeed));
        Assert.NotEqual(Negatives(a), Negatives(otherEpoch));
    }

    [Theory]
    [InlineData(new double[] { 1 })]
    [InlineData(new double[] { 1, 1, 1 })]
    [InlineData(new double[] { 0, 5, 0, 1e-9, 3 })]
    [InlineData(new double[] { 1e12, 1, 7, 2, 1e5, 1e5, 0.25 })]
    public void The_alias_table_holds_the_exact_distribution(double[] weights)
    {
        AliasTable table = AliasTable.Build(weights);
        var shares = new double[weights.Length];
        for (int bucket = 0; bucket < weights.Length; bucket++)
        {
            double own = (table.Thresholds[bucket] + 1.0) / 4294967296.0;
            shares[bucket] += own / weights.Length;
            shares[table.Aliases[bucket]] += (1 - own) / weights.Length;
        }

        for (int i = 0; i < weights.Length; i++)
            Assert.Equal(weights[i] / weights.Sum(), shares[i], 1e-9);
    }
}
