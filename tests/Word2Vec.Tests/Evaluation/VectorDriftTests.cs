using Word2Vec.Evaluation;
using Word2Vec.Numerics;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Evaluation;

public class VectorDriftTests
{
    private const int Size = 12;

    [Fact]
    public void Turned_vectors_did_not_drift()
    {
        WordVectors before = Drawn(300, 1), after = Turned(before, 2);
        VectorDrift drift = VectorDrift.Between(before, after);
        Assert.InRange(drift.MeanDistance, 0, 1e-9);
        Assert.All(drift.Farthest(300), word => Assert.InRange(word.Distance, 0, 1e-6));
        Assert.All(drift.Farthest(300), word => Assert.Equal((0, true), (word.NeighborDistance, word.Before.SequenceEqual(word.After))));
        using WordVectors back = drift.Alignment!.Apply(after);
        for (int id = 0; id < before.Count; id++)
        {
            for (int d = 0; d < Size; d++)
                Assert.Equal(before[id][d], back[id][d], 1e-5f);
        }
    }

    [Fact]
    public void What_moved_is_found_by_both_measures_in_any_order_of_the_words()
    {
        WordVectors before = Drawn(300, 1);
        WordVectors moved = With(before, 17, before[200].ToArray());
        int[] shuffled = [.. Enumerable.Range(0, 300).OrderBy(id => id * 7919 % 300)];
        WordVectors after = Turned(new WordVectors(WordIndex.From(shuffled.Select(id => moved.Words[id]).Append("extra")), Size,
            [.. shuffled.SelectMany(id => moved[id].ToArray()), .. Enumerable.Repeat(9f, Size)]), 3);
        VectorDrift drift = VectorDrift.Between(before, after);
        Assert.Equal((300, 300), (drift.Count, drift.Alignment!.Anchors));
        DriftedWord first = drift.Farthest(1)[0];
        Assert.Equal("w17", first.Word);
        Assert.InRange(first.Distance, 0.3, 2);
        Assert.Contains("w200", first.After);
        Assert.DoesNotContain("w200", first.Before);
        Assert.Equal("w17", drift.Farthest(1, byNeighbors: true)[0].Word);
        Assert.Equal(["w17", "w5"], drift.Of(["w17", "nobody", "extra", "w5"]).Select(word => word.Word));
        Assert.InRange(drift.Of(["w5"])[0].Distance, 0, 0.05);
    }

    // Half of the words turn by themselves: fitted to all, nobody is at rest; fitted to those that stayed, they are.
    [Fact]
    public void Anchors_alone_decide_how_all_are_turned()
    {
        WordVectors before = Drawn(100, 1), other = Turned(before, 5), after = before;
        after = new WordVectors(before.Words, Size, [.. Enumerable.Range(0, 100).SelectMany(id => (id < 50 ? before[id] : other[id]).ToArray())]);
        string[] stayed = [.. Enumerable.Range(0, 50).Select(id => $"w{id}")];
        VectorDrift drift = VectorDrift.Between(before, Turned(after, 6), new DriftOptions { Anchors = stayed });
        Assert.Equal(50, drift.Alignment!.Anchors);
        Assert.All(drift.Of(stayed), word => Assert.InRange(word.Distance, 0, 1e-6));
        Assert.InRange(VectorDrift.Between(before, Turned(after, 6)).Of(stayed).Average(word => word.Distance), 0.05, 2);
    }

    [Fact]
    public void Counts_and_the_limit_choose_the_words_and_sizes_matter_to_distances_only()
    {
        WordVectors before = Drawn(100, 1), after = Turned(before, 2);
        long[] counts = [.. Enumerable.Range(0, 100).Select(i => 100L - i)];
        var counted = new WordVectors(before.Words, Size, before.CopyRows(0, 100)) { Counts = counts };
        Assert.Equal(60, VectorDrift.Between(counted, after, new DriftOptions { MinimumCount = 41 }).Count);
        Assert.Equal(30, VectorDrift.Between(counted, after, new DriftOptions { MinimumCount = 41, Limit = 30 }).Count);
        var wide = new WordVectors(before.Words, 2 * Size, [.. Enumerable.Range(0, 100).SelectMany(id => before[id].ToArray().Concat(new float[Size]))]);
        VectorDrift drift = VectorDrift.Between(before, wide, align: false);
        Assert.All(drift.Farthest(100), word => Assert.Equal((double.NaN, 0), (word.Distance, word.NeighborDistance)));
        foreach ((Action action, string hint) in new (Action, string)[]
        {
            (() => VectorDrift.Between(before, wide), "12 components and the later ones 24"),
            (() => VectorDrift.Between(before, after, new DriftOptions { MinimumCount = 5 }), "neither file says"),
            (() => VectorDrift.Between(before, after, new DriftOptions { Limit = 11 }), "11 words of both files"),
            (() => VectorDrift.Between(before, Drawn(100, 1, "x"), new DriftOptions()), "two or more were expected"),
            (() => VectorDrift.Between(before, With(after, 3, [.. Enumerable.Repeat(float.NaN, Size)])), "infinite or none"),
        })
            Assert.Contains(hint, Assert.Throws<Word2VecException>(action).Message);
    }

    // Ground truth: the two halves of the small world, in the second of which berlin and queen have changed places.
    [Fact]
    public void Words_that_changed_their_sense_are_the_first()
    {
        string folder = Directory.CreateTempSubdirectory("word2vec-drift-").FullName;
        try
        {
            string[] lines = File.ReadAllLines(Path.Combine(House.Root, "corpora/small-world.txt"));
            string first = Path.Combine(folder, "first.txt"), second = Path.Combine(folder, "second.txt");
            File.WriteAllLines(first, lines.Where((_, i) => i % 2 == 0));
            File.WriteAllLines(second, lines.Where((_, i) => i % 2 == 1).Select(line => string.Join(' ', line.Split(' ').Select(Swap))));
            var options = new TrainingOptions { VectorSize = 50, Threads = 1 };
            using WordVectors before = SkipGram.Train(first, options), after = SkipGram.Train(second, options with { Seed = 2 });
            VectorDrift drift = VectorDrift.Between(before, after);
            IReadOnlyList<DriftedWord> found = drift.Farthest(3);
            Assert.Equal(["berlin", "queen"], found.Take(2).Select(word => word.Word).Order());
            Assert.True(found[1].Distance > 1.5 * found[2].Distance, $"{found[1].Distance} is not far beyond {found[2].Distance}");
            Assert.All(found.Take(2), word => Assert.InRange(word.NeighborDistance, 0.9, 1));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Swap(string word) => word switch { "berlin" => "queen", "queen" => "berlin", _ => word };

    private static WordVectors Drawn(int count, ulong seed, string prefix = "w")
    {
        DrawKey key = DrawKey.From(seed, 0, 0);
        return new WordVectors(WordIndex.From(Enumerable.Range(0, count).Select(i => $"{prefix}{i}")), Size,
            [.. Enumerable.Range(0, count * Size).Select(i => CounterRandom.Unit(key.Draw(i)) - 0.4f)]);
    }

    private static WordVectors With(WordVectors vectors, int id, float[] row)
    {
        float[] rows = vectors.CopyRows(0, vectors.Count);
        row.CopyTo(rows, id * Size);
        return new WordVectors(vectors.Words, Size, rows);
    }

    private static WordVectors Turned(WordVectors vectors, ulong seed)
    {
        DrawKey key = DrawKey.From(seed, 0, 0);
        double[] rotation = OrthogonalFactor.Of([.. Enumerable.Range(0, Size * Size).Select(i => CounterRandom.Unit(key.Draw(i)) - 0.5)], Size);
        return new WordVectors(vectors.Words, Size, [.. Enumerable.Range(0, vectors.Count).SelectMany(id => Enumerable.Range(0, Size).Select(d =>
            (float)Enumerable.Range(0, Size).Sum(k => (double)vectors[id][k] * rotation[k * Size + d])))]);
    }
}
