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
        Graph graph = Graphs.Planted(groups: 6, each: 40, inside: 0.25, outside: 0.005);
        (Graph kept, IReadOnlyList<(int From, int To)> heldOut) = graph.HoldOut(0.2);
        string file = _folder.Make("held.tsv", string.Concat(heldOut.Select(edge => $"{graph.Name(edge.From)}\t{graph.Name(edge.To)}\n")));
        var options = new TrainingOptions { VectorSize = 32, Window = 5, SubsamplingThreshold = 0, Threads = 1 };
        using WordVectors vectors = SkipGram.Train(CorpusSource.Walks(kept, new WalkOptions { Length = 40 }), options);
        foreach (LinkScore score in Enum.GetValues<LinkScore>())
        {
            IReadOnlyList<ComparedScore> found = VectorComparison.Of([vectors], [Measure.Links(file, graph, score)], resamples: 0);
            Assert.Equal((heldOut.Count, heldOut.Count), (found[0].Asked, found[0].Total));
            Assert.InRange(found[0].Value, 0.85, 0.99);
            Assert.InRange(found[1].Value, 0.8, 0.99);
        }

        // The same nodes with vectors that say nothing.
        using WordVectors none = new(vectors.Words, 2, [.. Enumerable.Range(0, 2 * vectors.Count).Select(i => MathF.Sin(i * i))]);
        Assert.InRange(VectorComparison.Of([none], [Measure.Links(file, graph)], resamples: 0)[0].Value, 0.4, 0.6);
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
        Assert.Contains("Line 2", Assert.Throws<Word2VecException>(() => Measure.Links(_folder.Make("bad.tsv", "a b\na\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("holds no edges", Assert.Throws<Word2VecException>(() => Measure.Links(_folder.Make("none.tsv", "# nothing\n"))).Message, StringComparison.Ordinal);
    }
}
