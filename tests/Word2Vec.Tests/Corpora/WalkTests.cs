using Word2Vec.Corpora;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Tests.Corpora;

public class WalkTests
{
    private const string Triangle = "a b 1\nb c 2\nc a 3\nc d 4\nd e 1\nd d 2\ne f 9\nf g 0.1\nb g 5\n";

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.25, 4)]
    [InlineData(4, 0.25)]
    [InlineData(1e-4, 1e-3)]
    [InlineData(1e4, 1e3)]
    [InlineData(1e6, 1e-6)]
    [InlineData(0.5, 1)]
    public void Steps_are_drawn_from_the_exact_distribution(double p, double q)
    {
        var options = new WalkOptions { Return = p, Outward = q };
        foreach ((bool isDirected, bool isWeighted) in new[] { (false, false), (false, true), (true, false), (true, true) })
        {
            Graph graph = Graphs.Of(Triangle, isDirected, isWeighted);
            for (int previous = 0; previous < graph.NodeCount; previous++)
            {
                foreach (int current in graph.Neighbors(previous))
                    AssertDrawn(graph, options, previous, current);
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.1, 1)]
    [InlineData(1, 0.1)]
    [InlineData(10, 3)]
    public void Walks_turn_back_and_go_outward_as_often_as_p_and_q_say(double p, double q)
    {
        Graph graph = Graph.Read(CorpusSource.From(Graphs.Karate));
        var options = new WalkOptions { Return = p, Outward = q, Walks = 30, Length = 50 };
        double back = 0, outward = 0, backExpected = 0, outwardExpected = 0, backVariance = 0, outwardVariance = 0;
        var probabilities = new double[graph.NodeCount];
        foreach (int[] walk in Graphs.Walks(graph, options))
        {
            for (int i = 2; i < walk.Length; i++)
            {
                (int previous, int current, int next) = (walk[i - 2], walk[i - 1], walk[i]);
                SecondOrder.Probabilities(graph, options, previous, current, probabilities);
                int[] neighbors = graph.Neighbors(current).ToArray();
                double returns = Enumerable.Range(0, neighbors.Length).Sum(n => neighbors[n] == previous ? probabilities[n] : 0);
                double leaves = Enumerable.Range(0, neighbors.Length).Sum(n => IsOutward(previous, neighbors[n]) ? probabilities[n] : 0);
                (back, outward) = (back + (next == previous ? 1 : 0), outward + (IsOutward(previous, next) ? 1 : 0));
                (backExpected, outwardExpected) = (backExpected + returns, outwardExpected + leaves);
                (backVariance, outwardVariance) = (backVariance + returns * (1 - returns), outwardVariance + leaves * (1 - leaves));
            }
        }

        Assert.InRange(Math.Abs(back - backExpected) / Math.Sqrt(backVariance), 0, 4);
        Assert.InRange(Math.Abs(outward - outwardExpected) / Math.Sqrt(outwardVariance), 0, 4);
        // Of 48,960 steps with one before them.
        Assert.True(p < 1 ? back > 30_000 : p > 1 ? back < 3_000 : back is > 5_000 and < 20_000, $"{back} steps back");
        Assert.True(q < 1 ? outward > 35_000 : outward < 30_000, $"{outward} steps outward");

        bool IsOutward(int previous, int next) => next != previous && !graph.HasEdge(previous, next);
    }

    [Fact]
    public void A_walk_is_a_function_of_seed_round_and_node_whatever_the_number_of_threads()
    {
        Graph graph = Graphs.Planted(7, 60, 0.2, 0.01);
        var options = new WalkOptions { Walks = 3, Length = 17, Return = 0.5, Outward = 2, Seed = 9, Threads = 1 };
        string text = Graphs.Text(graph, options);
        Assert.Equal(text, Graphs.Text(graph, options with { Threads = 3 }));
        Assert.NotEqual(text, Graphs.Text(graph, options with { Seed = 10 }));
        List<int[]> walks = Graphs.Walks(graph, options);
        Assert.Equal(3 * 420, walks.Count);
        int[] nodes = new int[17], lengths = new int[1];
        for (int i = 0; i < walks.Count; i++)
        {
            new Walker(graph, options).Walk(i / 420, [walks[i][0]], nodes, lengths);
            Assert.Equal(nodes[..lengths[0]], walks[i]);
        }

        foreach (int[][] round in walks.Chunk(420))
            Assert.Equal(Enumerable.Range(0, 420), round.Select(walk => walk[0]).Order());
    }

    [Fact]
    public void The_first_weighted_steps_are_the_plain_ones()
    {
        Graph graph = Graphs.Of(Triangle, isWeighted: true);
        var options = new WalkOptions();
        var walker = new Walker(graph, options);
        for (uint i = 0; i < 20_000; i++)
        {
            DrawKey key = DrawKey.From(3, (int)i, 0);
            int expected = SecondOrder.Pick(graph, options, -1, 2, CounterRandom.Draw(key.A, key.B, 1, 0));
            Assert.Equal(expected, walker.Next(key, 1, -1, 2));
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Walks_made_together_are_those_of_their_steps(bool isDirected, bool isWeighted)
    {
        Graph graph = Graphs.Of(Triangle, isDirected, isWeighted);
        foreach (WalkOptions options in new[] { new WalkOptions { Walks = 4, Length = 12 }, new WalkOptions { Walks = 4, Length = 12, Return = 0.3, Outward = 3 } })
        {
            var walker = new Walker(graph, options);
            List<int[]> walks = Graphs.Walks(graph, options);
            for (int i = 0; i < walks.Count; i++)
            {
                DrawKey key = DrawKey.From(options.Seed, i / graph.NodeCount, walks[i][0]);
                for (int step = 1; step < walks[i].Length; step++)
                    Assert.Equal(walker.Next(key, step, step > 1 ? walks[i][step - 2] : -1, walks[i][step - 1]), walks[i][step]);
                Assert.True(walks[i].Length == 12 || walker.Next(key, walks[i].Length, -1, walks[i][^1]) < 0);
            }
        }
    }

    [Fact]
    public void A_threshold_is_found_from_any_guess()
    {
        DrawKey key = DrawKey.From(5, 0, 0);
        foreach (int count in new[] { 1, 2, 3, 7, 64, 1000 })
        {
            uint[] thresholds = [.. Enumerable.Range(0, count - 1).Select(i => key.Draw(i) >> (i % 9)).Order(), uint.MaxValue];
            uint[] asked = [0, uint.MaxValue, thresholds[count / 2], thresholds[0], .. Enumerable.Range(0, 20).Select(i => key.Draw(5000 + i) >> (i % 7))];
            foreach (uint bits in asked)
            {
                int expected = Array.FindIndex(thresholds, threshold => threshold >= bits);
                for (int guess = 0; guess < count; guess += 1 + count / 50)
                    Assert.Equal(expected, Walker.FirstNotBelow(thresholds, bits, guess));
            }
        }
    }

    [Fact]
    public void Dead_ends_end_a_walk_and_nodes_without_edges_are_walks_of_their_own()
    {
        Graph graph = Graphs.Of("a b\nb c\nd d 0\n", isDirected: true, isWeighted: false);
        Assert.Equal(["a b c", "b c", "c", "d d d d"], Lines(graph, 4));
        Assert.Equal(["a", "b"], Lines(Graphs.Of("a b 0\n", isWeighted: true), 4));
        Assert.Equal(["a", "b", "c", "d"], Lines(graph, 1));

        static IEnumerable<string> Lines(Graph graph, int length) =>
            Graphs.Text(graph, new WalkOptions { Walks = 1, Length = length }).TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Every_step_follows_an_edge()
    {
        Graph graph = Graphs.Of(Triangle, isDirected: true);
        foreach (int[] walk in Graphs.Walks(graph, new WalkOptions { Walks = 200, Length = 9, Return = 2, Outward = 0.5 }))
        {
            for (int i = 1; i < walk.Length; i++)
                Assert.True(graph.HasEdge(walk[i - 1], walk[i]));
            Assert.True(walk.Length == 9 || graph.Neighbors(walk[^1]).IsEmpty);
        }
    }

    [Fact]
    public void Walks_are_a_corpus_without_a_file()
    {
        Graph graph = Graph.Read(CorpusSource.From(Graphs.Karate));
        var options = new WalkOptions { Walks = 7, Length = 11 };
        using EncodedCorpus corpus = CorpusEncoder.Encode(CorpusSource.Walks(graph, options), new CorpusOptions(), cacheFolder: null);
        Assert.Equal((34, 7 * 34 * 11, 7 * 34), (corpus.Vocabulary.Count, corpus.Counts.Tokens, corpus.Counts.Sentences));
        Assert.Contains("walks", CorpusSource.Walks(graph).Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5, 1, 1)]
    [InlineData(5, 0, 1, 1)]
    [InlineData(5, 5, 0, 1)]
    [InlineData(5, 5, 1, -1)]
    public void Options_outside_their_ranges_are_refused(int walks, int length, double p, double q) => Assert.Equal(
        ErrorKind.Usage,
        Assert.Throws<Word2VecException>(() => CorpusSource.Walks(Graphs.Of("a b"), new WalkOptions { Walks = walks, Length = length, Return = p, Outward = q })).Kind);

    [Fact]
    public void Cancelled_it_stops()
    {
        using var walks = new WalkStream(Graphs.Of("a b"), new WalkOptions(), new CancellationToken(canceled: true));
        Assert.ThrowsAny<OperationCanceledException>(() => walks.ReadByte());
    }

    // Pearson's chi-square stays within five of its standard deviations.
    private static void AssertDrawn(Graph graph, WalkOptions options, int previous, int current)
    {
        const int Draws = 4000;
        int[] neighbors = graph.Neighbors(current).ToArray();
        if (neighbors.Length == 0)
            return;
        var (expected, counts) = (new double[neighbors.Length], new int[neighbors.Length]);
        SecondOrder.Probabilities(graph, options, previous, current, expected);
        Assert.Equal(1, expected.Sum(), 1e-9);
        var walker = new Walker(graph, options);
        for (int i = 0; i < Draws; i++)
            counts[Array.IndexOf(neighbors, walker.Next(DrawKey.From(1, i, 1000 * previous + current), 2, previous, current))]++;
        double statistic = 0;
        int freedom = -1;
        for (int i = 0; i < neighbors.Length; i++)
        {
            double mean = expected[i] * Draws;
            // Where next to none are expected, next to none may come.
            if (mean < 1)
                Assert.InRange(counts[i], 0, 8);
            statistic += mean < 1 ? 0 : (counts[i] - mean) * (counts[i] - mean) / mean;
            freedom += mean < 1 ? 0 : 1;
        }

        Assert.InRange(statistic, 0, freedom + 5 * Math.Sqrt(2 * Math.Max(1, freedom)) + 3);
    }
}
