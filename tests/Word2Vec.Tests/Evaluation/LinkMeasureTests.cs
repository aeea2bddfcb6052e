using Word2Vec.Analysis;
using Word2Vec.Corpora;
using Word2Vec.Evaluation;
using Word2Vec.Tests.Corpora;
using Word2Vec.Tests.Words;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Evaluation;

public sealed class LinkMeasureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Edges_held_out_of_planted_communities_are_told_from_other_pairs()
    {
        (Graph graph, string file, WordVectors vectors, int count) = PlantedWithHeldOut();
        using WordVectors own = vectors;
        foreach (LinkScore score in Enum.GetValues<LinkScore>())
        {
            IReadOnlyList<ComparedScore> found = VectorComparison.Of([vectors], [Measure.Links(file, graph, score)], resamples: 0);
            Assert.Equal((count, count), (found[0].Asked, found[0].Total));
            // The best there can be is 0.89, as edges inside a community are as good as drawn. A sum with a part for each of the two nodes cannot know whether they belong together.
            (double low, double high) = score == LinkScore.Average ? (0.4, 0.6) : (0.8, 0.92);
            Assert.InRange(found[0].Value, low, high);
            Assert.InRange(found[1].Value, low, high);
        }

        // The same nodes with vectors that say nothing.
        using WordVectors none = new(vectors.Words, 2, [.. Enumerable.Range(0, 2 * vectors.Count).Select(i => MathF.Sin(i * i))]);
        foreach (LinkScore score in (LinkScore[])[LinkScore.Cosine, LinkScore.Hadamard, LinkScore.WeightedL2])
            Assert.InRange(VectorComparison.Of([none], [Measure.Links(file, graph, score)], resamples: 0)[0].Value, 0.4, 0.6);
    }

    [Fact]
    public void What_is_learned_is_compared_with_intervals_and_follows_from_the_seed()
    {
        (Graph graph, string file, WordVectors vectors, _) = PlantedWithHeldOut();
        using WordVectors own = vectors;
        using WordVectors noise = new(vectors.Words, 2, [.. Enumerable.Range(0, 2 * vectors.Count).Select(i => MathF.Sin(i * i))]);
        ComparedScore[] Ask(ulong seed) => [.. VectorComparison.Of([noise, vectors], [Measure.Links(file, graph, LinkScore.Hadamard, seed)], resamples: 200)];
        ComparedScore[] first = Ask(1);
        Assert.InRange(first[1].Value, first[1].Low, first[1].High);
        Assert.True(first[1].Difference!.Low > 0.1, $"{first[1].Difference}");
        Assert.Equal(Values(first), Values(Ask(1)));
        Assert.NotEqual(Values(first), Values(Ask(2)));

        static double[] Values(ComparedScore[] scores) => [.. scores.SelectMany(score => new[] { score.Value, score.Low, score.High })];
    }

    [Fact]
    public void What_is_learned_weighs_components()
    {
        // Edges are where the second components agree in sign; the first ones, which a cosine hears most of, say nothing.
        float[] rows = [.. Enumerable.Range(0, 40).SelectMany(i => new[] { 3 * MathF.Sin(i * i), i % 2 == 0 ? 1f : -1f })];
        using var vectors = new WordVectors(WordIndex.From(Enumerable.Range(0, 40).Select(i => $"n{i}")), 2, rows);
        string[] edges = [.. Enumerable.Range(0, 40).SelectMany(a => Enumerable.Range(0, a).Where(b => (a - b) % 2 == 0 && (a * b + a) % 3 == 0).Select(b => $"n{a} n{b}\n"))];
        Graph graph = Graphs.Of(string.Concat(edges));
        string file = _folder.Make("held.tsv", string.Concat(edges.Where((_, i) => i % 5 == 0)));
        double Auc(LinkScore score) => VectorComparison.Of([vectors], [Measure.Links(file, graph, score)], resamples: 0)[0].Value;
        Assert.InRange(Auc(LinkScore.Hadamard), Auc(LinkScore.Cosine) + 0.05, 1);
        Assert.InRange(Auc(LinkScore.WeightedL2), Auc(LinkScore.Distance) + 0.05, 1);
    }

    [Theory]
    [InlineData(LinkScore.Average, 2, 1, 0.25)]
    [InlineData(LinkScore.Hadamard, 3, -8, 0)]
    [InlineData(LinkScore.WeightedL1, 2, 6, 0.5)]
    [InlineData(LinkScore.WeightedL2, 4, 36, 0.25)]
    public void Features_are_those_of_the_paper(LinkScore score, float first, float second, float third)
    {
        var features = new float[3];
        EdgeFeatures.Write(score, [1, -2, 0], [3, 4, 0.5f], features);
        Assert.Equal([first, second, third], features);
        EdgeFeatures.Write(score, [3, 4, 0.5f], [1, -2, 0], features);
        Assert.Equal([first, second, third], features);
    }

    [Fact]
    public void The_log_odds_are_those_of_the_classifier_of_the_features()
    {
        using var vectors = new WordVectors(WordIndex.From(["a", "b", "c", "d"]), 2, [1, 2, 2, 1, -1, 0.5f, 0.25f, -2]);
        (int, int)[] edges = [(0, 1), (2, 3)], others = [(0, 2), (1, 3)];
        EdgeClassifier learned = EdgeClassifier.Train(vectors, LinkScore.Hadamard, edges, others, CancellationToken.None);
        // The products by hand: a·b, c·d, a·c, b·d.
        using var products = new WordVectors(WordIndex.From(["ab", "cd", "ac", "bd"]), 2, [2, 2, -0.25f, -1, -1, 1, 0.5f, -2]);
        VectorClassifier classifier = VectorClassifier.Train(products, LabeledWords.From([(0, "edge"), (1, "edge"), (2, "none"), (3, "none")]));
        (int From, int To)[] pairs = [.. edges, .. others];
        for (int i = 0; i < pairs.Length; i++)
        {
            double p = classifier.Probabilities(products[i])[0];
            Assert.Equal(Math.Log(p / (1 - p)), learned.LogOdds(pairs[i].From, pairs[i].To), 1e-9);
            Assert.Equal(learned.LogOdds(pairs[i].To, pairs[i].From), learned.LogOdds(pairs[i].From, pairs[i].To));
        }
    }

    [Fact]
    public void What_is_learned_from_was_neither_held_out_nor_is_asked()
    {
        Graph graph = Graphs.Planted(groups: 3, each: 10, inside: 0.5, outside: 0.1);
        (_, IReadOnlyList<(int From, int To)> heldOut) = graph.HoldOut(0.2);
        var pairs = new NodePairs(graph, heldOut.Select(edge => (graph.Name(edge.To), graph.Name(edge.From))), seed: 1);
        bool[] hasVector = [.. Enumerable.Range(0, graph.NodeCount).Select(node => node != 4)];
        List<(int From, int To)> asked = pairs.WithoutEdge(hasVector, Enumerable.Range(0, 20), default);
        (List<(int From, int To)> edges, List<(int From, int To)> others) = pairs.ToLearnFrom(hasVector, asked, most: 1000, default);
        int expected = Enumerable.Range(0, graph.NodeCount).Where(node => node != 4)
            .Sum(node => graph.Neighbors(node).ToArray().Count(other => other > node && other != 4 && !heldOut.Contains((node, other)) && !heldOut.Contains((other, node))));
        Assert.Equal((expected, expected), (edges.Count, others.Count));
        Assert.All(edges, edge => Assert.True(graph.HasEdge(edge.From, edge.To)));
        Assert.All(others, pair => Assert.False(graph.HasEdge(pair.From, pair.To) || asked.Contains(pair) || asked.Contains((pair.To, pair.From))));
        Assert.All(edges.Concat(others), pair => Assert.True(hasVector[pair.From] && hasVector[pair.To] && pair.From != pair.To));
        Assert.Equal((7, 7), (pairs.ToLearnFrom(hasVector, asked, most: 7, default).Edges.Distinct().Count(), pairs.ToLearnFrom(hasVector, asked, most: 7, default).Others.Count));
    }

    [Fact]
    public void The_scores_are_those_of_their_definitions()
    {
        // a–b is the edge; the only other pairs are of c with one of them.
        using var vectors = new WordVectors(WordIndex.From(["a", "b", "c", "x"]), 2, [1, 0, 1, 0.1f, 0, 1, 5, 5]);
        string file = _folder.Make("held.tsv", "a b\nx unknown\n");
        Graph graph = Graphs.Of("a b\nc c\n");
        ComparedScore[] near = [.. VectorComparison.Of([vectors], [Measure.Links(file, graph)], resamples: 0)];
        Assert.Equal((1, 1, 1, 2), (near[0].Value, near[1].Value, near[0].Asked, near[0].Total));
        using var turned = new WordVectors(WordIndex.From(["a", "b", "c", "x"]), 2, [1, 0, -1, 0.1f, 0.1f, 1, 5, 5]);
        ComparedScore[] far = [.. VectorComparison.Of([turned], [Measure.Links(file, graph)], resamples: 0)];
        Assert.Equal((0, 0.5), (far[0].Value, far[1].Value));
        using var same = new WordVectors(WordIndex.From(["a", "b", "c", "x"]), 2, [1, 1, 1, 1, 1, 1, 1, 1]);
        ComparedScore[] tied = [.. VectorComparison.Of([same], [Measure.Links(file, graph)], resamples: 0)];
        Assert.Equal((0.5, 0.5), (tied[0].Value, tied[1].Value));
    }

    [Fact]
    public void A_graph_in_which_all_have_edges_has_no_other_pairs()
    {
        using var vectors = new WordVectors(WordIndex.From(["a", "b"]), 1, [1, 1]);
        Word2VecException e = Assert.Throws<Word2VecException>(
            () => VectorComparison.Of([vectors], [Measure.Links(_folder.Make("held.tsv", "a b\n"))], resamples: 0));
        Assert.Contains("no two were found that have no edge", e.Message, StringComparison.Ordinal);
        Word2VecException alone = Assert.Throws<Word2VecException>(() => Measure.Links(_folder.Make("held.tsv", "a b\n"), score: LinkScore.Hadamard));
        Assert.Equal(ErrorKind.Usage, alone.Kind);
        Assert.Contains("give the whole graph", alone.Message, StringComparison.Ordinal);
        using var three = new WordVectors(WordIndex.From(["a", "b", "c"]), 1, [1, 1, 1]);
        Word2VecException left = Assert.Throws<Word2VecException>(
            () => VectorComparison.Of([three], [Measure.Links(_folder.Make("held.tsv", "b a\n"), Graphs.Of("a b\nc c\n"), LinkScore.Hadamard)], resamples: 0));
        Assert.Contains("none is left to learn from", left.Message, StringComparison.Ordinal);
        Assert.Contains("Line 2", Assert.Throws<Word2VecException>(() => Measure.Links(_folder.Make("bad.tsv", "a b\na\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("holds no edges", Assert.Throws<Word2VecException>(() => Measure.Links(_folder.Make("none.tsv", "# nothing\n"))).Message, StringComparison.Ordinal);
    }

    // The graph, a file with a fifth of its edges, vectors of walks without these, and how many they are.
    private (Graph Graph, string File, WordVectors Vectors, int Count) PlantedWithHeldOut()
    {
        Graph graph = Graphs.Planted(groups: 6, each: 40, inside: 0.25, outside: 0.005);
        (Graph kept, IReadOnlyList<(int From, int To)> heldOut) = graph.HoldOut(0.2);
        string file = _folder.Make("held.tsv", string.Concat(heldOut.Select(edge => $"{graph.Name(edge.From)}\t{graph.Name(edge.To)}\n")));
        var options = new TrainingOptions { VectorSize = 32, Window = 5, SubsamplingThreshold = 0, Threads = 1 };
        return (graph, file, SkipGram.Train(CorpusSource.Walks(kept, new WalkOptions { Length = 40 }), options), heldOut.Count);
    }
}
