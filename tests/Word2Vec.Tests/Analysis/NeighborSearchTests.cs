using Word2Vec.Analysis;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Analysis;

public class NeighborSearchTests
{
    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(3, 2, 2)]
    [InlineData(17, 5, 3)]
    [InlineData(97, 33, 10)]
    [InlineData(193, 100, 192)]
    [InlineData(500, 3, 91)]
    public void The_neighbours_are_those_of_the_plain_search(int count, int size, int neighbors)
    {
        foreach (bool spherical in (bool[])[true, false])
        {
            WordVectors vectors = Planted.Clouds(1, count, size, 0, 1, offset: spherical ? 0 : 3);
            using var points = new PointRows(vectors, spherical, 3, CancellationToken.None);
            NeighborLists found = NeighborSearch.Find(points, neighbors), plain = PlainNeighborSearch.Find(points, neighbors);
            Assert.Equal((neighbors, count), (found.Size, found.Count));
            // Rows at distances that differ in the last digit alone may change places.
            Assert.True(found.Ids.Zip(plain.Ids).Count(pair => pair.First != pair.Second) <= (size == 1 && spherical ? found.Ids.Length : found.Ids.Length / 200));
            Assert.All(found.Squares.Zip(plain.Squares), pair => Assert.Equal(pair.Second, pair.First, 1e-5 * Math.Max(1, pair.Second)));
        }
    }

    [Fact]
    public void Of_equal_rows_the_first_are_the_neighbours()
    {
        using var points = new PointRows(Planted.Of(new float[40 * 3], 3), spherical: false, 2, CancellationToken.None);
        NeighborLists found = NeighborSearch.Find(points, 4);
        Assert.Equal([1, 2, 3, 4, 0, 2, 3, 4], found.Ids[..8]);
        Assert.Equal([0, 1, 2, 3], found.Ids[^4..]);
        Assert.All(found.Squares, square => Assert.Equal(0, square));
    }

    [Fact]
    public void It_says_how_many_rows_are_done_and_can_be_cancelled()
    {
        WordVectors vectors = Planted.Clouds(1, 300, 4, 0, 1);
        int done = 0;
        using (var points = new PointRows(vectors, true, 2, CancellationToken.None))
            NeighborSearch.Find(points, 3, rows => Interlocked.Add(ref done, rows));
        Assert.Equal(300, done);
        using var stop = new CancellationTokenSource();
        using var stopped = new PointRows(vectors, true, 2, stop.Token);
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => NeighborSearch.Find(stopped, 3));
    }
}
