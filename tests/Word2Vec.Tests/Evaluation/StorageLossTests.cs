using Word2Vec.Evaluation;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Evaluation;

public class StorageLossTests
{
    [Fact]
    public void Measures_what_changed_and_whose_neighbors_left()
    {
        WordVectors original = Make([3, 4, 0, 0, 0, 2]), stored = Make([3, 4, 0, 0, 1, 2]);
        StorageLoss loss = StorageLoss.Between(original, stored);
        Assert.Equal(0.25, loss.MeanError, 1e-7);
        Assert.Equal(0.5, loss.LargestError, 1e-7);
        Assert.Equal(2 / Math.Sqrt(5), loss.LowestCosine, 1e-6);
        Assert.Equal((3, 1.0), (loss.Words, loss.KeptNeighbors));
    }

    [Fact]
    public void What_did_not_change_lost_nothing()
    {
        var random = new Random(1);
        WordVectors vectors = Make([.. Enumerable.Range(0, 1000).Select(_ => random.NextSingle() - 0.5f)]);
        Assert.Equal(new StorageLoss(0, 0, 1, 100, 1), StorageLoss.Between(vectors, vectors));
    }

    [Fact]
    public void Other_vectors_keep_as_many_neighbors_as_chance_has_it()
    {
        var random = new Random(2);
        float[] Rows() => [.. Enumerable.Range(0, 1000).Select(_ => random.NextSingle() - 0.5f)];
        Assert.InRange(StorageLoss.Between(Make(Rows()), Make(Rows())).KeptNeighbors, 0, 0.1);
    }

    private static WordVectors Make(float[] rows) =>
        new(WordIndex.From(Enumerable.Range(0, rows.Length / 2).Select(id => $"w{id}")), 2, rows);
}
