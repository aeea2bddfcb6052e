using Word2Vec.Analysis;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Analysis;

public class ClusteringTests
{
    [Theory]
    [InlineData(7, 20, 30, true, false)]
    [InlineData(7, 20, 30, false, false)]
    [InlineData(3, 500, 2, false, false)]
    [InlineData(40, 100, 33, false, false)]
    [InlineData(9, 3000, 17, true, true)]
    [InlineData(9, 3000, 17, false, true)]
    public void Clouds_far_apart_are_found_exactly(int groups, int each, int size, bool spherical, bool miniBatch)
    {
        WordVectors vectors = Planted.Clouds(groups, each, size, 10, 0.2f);
        Clustering found = Clustering.Find(vectors, new ClusterOptions { Clusters = groups, Spherical = spherical, MiniBatch = miniBatch });
        int[] truth = [.. Enumerable.Range(0, vectors.Count).Select(i => i % groups)];
        Assert.Equal(1, Planted.MutualInformation(found.Assignments, truth), 1e-9);
        Assert.All(found.Clusters, cluster => Assert.Equal(each, cluster.Members.Count));
        Assert.InRange(found.Silhouette, 0.7, 1);
    }

    [Fact]
    public void Clouds_far_from_the_origin_are_found_by_distance()
    {
        WordVectors vectors = Planted.Clouds(5, 200, 20, 1, 0.02f, offset: 1000);
        Clustering found = Clustering.Find(vectors, new ClusterOptions { Clusters = 5, Spherical = false });
        Assert.Equal(1, Planted.MutualInformation(found.Assignments, [.. Enumerable.Range(0, vectors.Count).Select(i => i % 5)]), 1e-9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_found_is_a_fixed_point_with_the_inertia_that_it_says(bool spherical)
    {
        WordVectors vectors = Planted.Clouds(1, 700, 13, 0, 1);
        Clustering found = Clustering.Find(vectors, new ClusterOptions { Clusters = 11, Spherical = spherical, Tolerance = 0, Starts = 1 });
        double inertia = 0;
        for (int id = 0; id < vectors.Count; id++)
        {
            double[] row = Array.ConvertAll(vectors.CopyRow(id), x => (double)x);
            double norm = spherical ? Math.Sqrt(row.Sum(x => x * x)) : 1;
            double[] distances = [.. found.Clusters.Select(cluster => row.Zip(cluster.Center).Sum(pair => Math.Pow(pair.First / norm - pair.Second, 2)))];
            Assert.InRange(distances[found.Assignments[id]], 0, distances.Min() + 1e-5);
            inertia += distances[found.Assignments[id]];
        }

        Assert.Equal(inertia, found.Inertia, inertia * 1e-5);
        Assert.Equal(inertia, found.Clusters.Sum(cluster => cluster.Inertia), inertia * 1e-5);
        foreach (Cluster cluster in found.Clusters)
        {
            double[] mean = [.. Enumerable.Range(0, 13).Select(d => cluster.Members.Average(id => Component(vectors, id, d, spherical)))];
            double length = spherical ? Math.Sqrt(mean.Sum(x => x * x)) : 1;
            Assert.All(mean.Zip(cluster.Center), pair => Assert.Equal(pair.First / length, pair.Second, 1e-4));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_do_not_change_a_bit(bool miniBatch)
    {
        WordVectors vectors = Planted.Clouds(30, 200, 24, 1, 1);
        var options = new ClusterOptions { Clusters = 30, Starts = 2, MiniBatch = miniBatch, Threads = 1 };
        Clustering one = Clustering.Find(vectors, options), many = Clustering.Find(vectors, options with { Threads = 7 });
        Assert.Equal(one.Assignments, many.Assignments);
        Assert.Equal(one.Inertia, many.Inertia);
        Assert.Equal(one.Clusters.SelectMany(cluster => cluster.Center), many.Clusters.SelectMany(cluster => cluster.Center));
        Assert.NotEqual(one.Inertia, Clustering.Find(vectors, options with { Seed = 2 }).Inertia);
    }

    [Fact]
    public void More_starts_never_make_it_worse()
    {
        WordVectors vectors = Planted.Clouds(1, 900, 8, 0, 1);
        double[] inertias = [.. new[] { 1, 2, 4, 8 }.Select(starts => Clustering.Find(vectors, new ClusterOptions { Clusters = 25, Starts = starts }).Inertia)];
        Assert.Equal(inertias.OrderDescending(), inertias);
        Assert.True(inertias[^1] < inertias[0]);
    }

    [Fact]
    public void Every_vector_may_be_a_cluster_and_equal_ones_may_not()
    {
        WordVectors vectors = Planted.Clouds(1, 30, 4, 0, 1);
        Assert.Equal(0, Clustering.Find(vectors, new ClusterOptions { Clusters = 30, Spherical = false }).Inertia, 1e-6);
        float[] equal = [.. Enumerable.Range(0, 12).SelectMany(i => new float[] { i % 3, 1, 2 })];
        var error = Assert.Throws<Word2VecException>(() => Clustering.Find(Planted.Of(equal, 3), new ClusterOptions { Clusters = 5 }));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains("ask for 3 clusters or fewer", error.Message, StringComparison.Ordinal);
        Assert.Equal([4, 4, 4], Clustering.Find(Planted.Of(equal, 3), new ClusterOptions { Clusters = 3 }).Clusters.Select(cluster => cluster.Members.Count));
    }

    [Fact]
    public void Central_words_come_first_and_vectors_of_zeros_do_no_harm()
    {
        float[] rows = [1, 0, 1, 0.1f, 1, -0.3f, 0, 1, 0.2f, 1, 0, 0];
        Clustering found = Clustering.Find(Planted.Of(rows, 2), new ClusterOptions { Clusters = 2 });
        Assert.Contains(found.Clusters, cluster => cluster.Members.Take(2).Contains(0) && cluster.Members.Contains(2) && cluster.Members[0] != 2);
        Assert.Equal(6, found.Clusters.Sum(cluster => cluster.Members.Count));
        Assert.True(double.IsFinite(found.Inertia));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(31, 3)]
    [InlineData(5, 0)]
    public void Options_out_of_range_are_refused(int clusters, int starts)
    {
        WordVectors vectors = Planted.Clouds(1, 30, 4, 0, 1);
        var error = Assert.Throws<Word2VecException>(() => Clustering.Find(vectors, new ClusterOptions { Clusters = clusters, Starts = starts }));
        Assert.Equal(ErrorKind.Usage, error.Kind);
    }

    // Where there are no groups, but some vectors are longer than others, k-means++ makes long ones centers that serve no others.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_center_serves_a_few_long_vectors_where_there_are_no_groups(ulong seed)
    {
        const int Size = 30, Count = 20_000;
        float[] rows = Planted.Clouds(1, Count, Size, 0, 1).CopyRows(0, Count);
        for (int i = 0; i < rows.Length; i++)
            rows[i] *= MathF.Pow(1.1f, i / Size % 36);
        var options = new ClusterOptions { Clusters = 60, Spherical = false, Starts = 1, Seed = seed };
        Clustering all = Clustering.Find(Planted.Of(rows, Size), options), samples = Clustering.Find(Planted.Of(rows, Size), options with { MiniBatch = true });
        Assert.InRange(all.Clusters[^1].Members.Count, 20, Count / 60);
        Assert.InRange(samples.Clusters[^1].Members.Count, 20, Count / 60);
        Assert.InRange(samples.Inertia / all.Inertia, 0.99, 1.01);
    }

    // Two centers share one group, and two groups share the third.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_center_that_is_not_needed_moves_to_where_one_is(bool spherical)
    {
        const int Count = 600;
        float[] rows = Planted.Clouds(1, Count, 3, 0, 0.1f).CopyRows(0, Count);
        for (int i = 0; i < Count; i++)
            rows[3 * i + i % 3] += 10;
        var options = new ClusterOptions { Clusters = 3, Spherical = spherical };
        using var points = new PointRows(Planted.Of(rows, 3), spherical, 2, CancellationToken.None);
        using var swaps = new CenterSwaps(points, options);
        float[] Center(params int[] ids)
        {
            var sum = new double[3];
            points.Sum(ids, sum);
            return Array.ConvertAll(sum, x => (float)(x / ids.Length));
        }

        List<(int Center, int Row)> Swaps(float[] centers)
        {
            using var batch = new CenterBatch(points, options, 500);
            batch.Draw(DrawKey.From(1, 0, 0), 0, centers);
            return swaps.Find(batch, centers, DrawKey.From(2, 0, 0));
        }

        (int center, int row) = Assert.Single(Swaps([.. Center(0), .. Center(1, 2), .. Center(3)]));
        Assert.Contains(center, new[] { 0, 2 });
        Assert.NotEqual(0, row % 3);
        Assert.Empty(Swaps([.. Center(0, 3), .. Center(1, 4), .. Center(2, 5)]));
    }

    [Fact]
    public void It_can_be_cancelled() => Assert.ThrowsAny<OperationCanceledException>(() =>
        Clustering.Find(Planted.Clouds(1, 300, 4, 0, 1), cancellation: new CancellationToken(canceled: true)));

    private static double Component(WordVectors vectors, int id, int d, bool spherical)
    {
        float[] row = vectors.CopyRow(id);
        return spherical ? row[d] / Math.Sqrt(row.Sum(x => (double)x * x)) : row[d];
    }
}
