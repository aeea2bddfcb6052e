using Word2Vec.Analysis;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Analysis;

public class WordMapTests
{
    [Theory]
    [InlineData(MapMethod.Tsne, 20, 15, 0.95)]
    [InlineData(MapMethod.Umap, 20, 15, 0.95)]
    [InlineData(MapMethod.Tsne, 30, 90, 0.95)]
    public void Clouds_stay_together_as_no_projection_keeps_them(MapMethod method, int groups, int each, double bound)
    {
        WordVectors vectors = Planted.Clouds(groups, each, 30, 1, 0.5f);
        WordMap map = WordMap.Find(vectors, new MapOptions { Method = method, Iterations = 400 });
        WordMap projected = WordMap.Find(vectors, new MapOptions { Method = MapMethod.Pca });
        Assert.InRange(Purity(map.Vectors, groups), bound, 1);
        Assert.InRange(Purity(projected.Vectors, groups), 0, bound - 0.2);
        double trust = Trustworthiness.Of(vectors, map.Vectors);
        Assert.True(trust > Trustworthiness.Of(vectors, projected.Vectors) + 0.05, $"{trust}");
        Assert.InRange(trust, 0.9, 1);
        Assert.Equal(method == MapMethod.Tsne, double.IsFinite(map.Loss));
    }

    [Theory]
    [InlineData(MapMethod.Tsne)]
    [InlineData(MapMethod.Umap)]
    [InlineData(MapMethod.Pca)]
    public void Threads_do_not_change_a_bit(MapMethod method)
    {
        WordVectors vectors = Planted.Clouds(10, 60, 12, 1, 0.5f);
        var options = new MapOptions { Method = method, Iterations = 60, Threads = 1 };
        float[] one = Rows(WordMap.Find(vectors, options)), many = Rows(WordMap.Find(vectors, options with { Threads = 7 }));
        Assert.Equal(one, many);
        if (method != MapMethod.Pca)
            Assert.NotEqual(one, Rows(WordMap.Find(vectors, options with { Seed = 2 })));
    }

    // Beyond a few thousand points the grid takes the place of all pairs.
    [Fact]
    public void Many_points_do_not_depend_on_threads_either()
    {
        WordVectors vectors = Planted.Clouds(20, 150, 6, 1, 0.3f);
        var options = new MapOptions { Iterations = 40, Perplexity = 8, Threads = 1 };
        Assert.Equal(Rows(WordMap.Find(vectors, options)), Rows(WordMap.Find(vectors, options with { Threads = 5 })));
    }

    [Theory]
    [InlineData(MapMethod.Tsne)]
    [InlineData(MapMethod.Umap)]
    [InlineData(MapMethod.Pca)]
    public void Few_equal_and_empty_vectors_have_places(MapMethod method)
    {
        var options = new MapOptions { Method = method, Iterations = 50 };
        foreach (int count in (int[])[1, 2, 3, 7, 31])
        {
            Assert.All(Rows(WordMap.Find(Planted.Clouds(1, count, 5, 0, 1), options)), x => Assert.True(float.IsFinite(x)));
            Assert.All(Rows(WordMap.Find(Planted.Of(new float[count * 5], 5), options)), x => Assert.True(float.IsFinite(x)));
            float[] equal = [.. Enumerable.Range(0, count).SelectMany(_ => new float[] { 1, 2, 3 })];
            Assert.All(Rows(WordMap.Find(Planted.Of(equal, 3), options)), x => Assert.True(float.IsFinite(x)));
        }

        float[] mixed = [.. Planted.Clouds(1, 20, 3, 0, 1).CopyRows(0, 20), .. new float[15], .. Planted.Clouds(1, 20, 3, 0, 1).CopyRows(0, 20)];
        Assert.All(Rows(WordMap.Find(Planted.Of(mixed, 3), options)), x => Assert.True(float.IsFinite(x)));
        Assert.All(Rows(WordMap.Find(Planted.Of(mixed, 3), options with { Spherical = false })), x => Assert.True(float.IsFinite(x)));
    }

    [Fact]
    public void Vectors_that_were_doubled_land_beside_each_other()
    {
        float[] rows = Planted.Clouds(1, 60, 8, 0, 1).CopyRows(0, 60);
        WordVectors map = WordMap.Find(Planted.Of([.. rows, .. rows], 8), new MapOptions { Perplexity = 5, Iterations = 500 }).Vectors;
        using var points = new PointRows(map, spherical: false, 1, CancellationToken.None);
        NeighborLists near = NeighborSearch.Find(points, 1);
        Assert.InRange(Enumerable.Range(0, 120).Count(id => near.Ids[id] == (id + 60) % 120), 100, 120);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Maps_have_as_many_dimensions_as_are_asked_for(int dimensions)
    {
        WordVectors vectors = Planted.Clouds(5, 20, 12, 1, 0.1f);
        foreach (MapMethod method in Enum.GetValues<MapMethod>())
        {
            WordMap map = WordMap.Find(vectors, new MapOptions { Method = method, Dimensions = dimensions, Iterations = 300 });
            Assert.Equal((100, dimensions), (map.Vectors.Count, map.Vectors.Size));
            Assert.InRange(Purity(map.Vectors, 5), method == MapMethod.Pca ? 0.5 : 0.9, 1);
        }
    }

    [Fact]
    public void Words_and_counts_come_along_and_progress_is_told()
    {
        var vectors = new WordVectors(WordIndex.From(["a", "b", "c"]), 2, [1, 0, 0, 1, 1, 1]) { Counts = [9, 5, 1] };
        var stages = new Heard();
        WordMap map = WordMap.Find(vectors, new MapOptions { Iterations = 3 }, stages);
        Assert.Equal(["a", "b", "c"], map.Vectors.EnumerateWords());
        Assert.Equal([9L, 5, 1], map.Vectors.Counts!);
        Assert.Equal(("neighbors", 3L, 3L), (stages[0].Stage, stages[0].Done, stages[0].Total));
        Assert.Equal([1L, 2, 3], stages.Where(stage => stage.Stage == "layout").Select(stage => stage.Done));
        Assert.True(double.IsFinite(stages[^1].Loss));
    }

    [Fact]
    public void What_is_no_number_is_refused()
    {
        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity])
        {
            var error = Assert.Throws<Word2VecException>(() => WordMap.Find(Planted.Of([1, 2, 3, bad, 5, 6], 2)));
            Assert.Equal(ErrorKind.Format, error.Kind);
            Assert.Contains("number 2 ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        WordVectors vectors = Planted.Clouds(1, 10, 2, 0, 1);
        foreach (MapOptions options in (MapOptions[])
            [
                new() { Dimensions = 4 }, new() { Dimensions = 3, Method = MapMethod.Pca }, new() { Perplexity = 0 }, new() { Perplexity = double.NaN },
                new() { Iterations = 0 }, new() { Neighbors = 1 }, new() { MinimumDistance = 2 }, new() { LearningRate = 0 }, new() { Threads = 0 },
            ])
            Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => WordMap.Find(vectors, options)).Kind);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(2600)]
    public void Steps_that_are_far_too_long_end_with_an_error(int count)
    {
        var options = new MapOptions { LearningRate = 1e30, Iterations = 30, Perplexity = 3 };
        var error = Assert.Throws<Word2VecException>(() => WordMap.Find(Planted.Clouds(1, count, 3, 0, 1), options));
        Assert.Equal(ErrorKind.Training, error.Kind);
    }

    [Fact]
    public void It_can_be_cancelled_at_every_stage()
    {
        WordVectors vectors = Planted.Clouds(1, 500, 4, 0, 1);
        foreach (string stage in (string[])["neighbors", "layout"])
        {
            using var stop = new CancellationTokenSource();
            var listener = new Stopper(stage, stop);
            Assert.ThrowsAny<OperationCanceledException>(() => WordMap.Find(vectors, progress: listener, cancellation: stop.Token));
        }
    }

    private static float[] Rows(WordMap map) => map.Vectors.CopyRows(0, map.Vectors.Count);

    // The share of points whose nearest on the map is of their own cloud.
    private static double Purity(WordVectors map, int groups)
    {
        using var points = new PointRows(map, spherical: false, 1, CancellationToken.None);
        NeighborLists near = NeighborSearch.Find(points, 1);
        return Enumerable.Range(0, map.Count).Count(id => near.Ids[id] % groups == id % groups) / (double)map.Count;
    }

    private sealed class Stopper(string stage, CancellationTokenSource stop) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value.Stage == stage)
                stop.Cancel();
        }
    }
}
