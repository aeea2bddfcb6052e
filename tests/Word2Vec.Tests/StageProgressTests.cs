using Word2Vec.Analysis;
using Word2Vec.Evaluation;
using Word2Vec.Queries;
using Word2Vec.Tests.Analysis;
using Word2Vec.Vectors;

namespace Word2Vec.Tests;

/// <summary>What is told by whatever takes long on many vectors.</summary>
public class StageProgressTests
{
    [Fact]
    public void Clusters_tell_of_the_centers_that_are_drawn_and_of_the_rounds_of_each_start()
    {
        var heard = new Heard();
        Clustering found = Clustering.Find(Planted.Clouds(5, 60, 4, 1, 1), new ClusterOptions { Clusters = 5, Starts = 2 }, heard);
        Assert.All(heard, told => Assert.Equal(2, told.Parts));
        var rounds = new List<long>();
        foreach (IGrouping<int, StageProgress> start in heard.GroupBy(told => told.Part))
        {
            Assert.Equal(["seeding", "swaps", "rounds"], start.Select(told => told.Stage).Distinct());
            Assert.Equal([(2L, 5L), (3, 5), (4, 5), (5, 5)], start.Where(told => told.Stage == "seeding").Select(told => (told.Done, told.Total)));
            long[] done = [.. start.Where(told => told.Stage == "rounds").Select(told => told.Done)];
            Assert.Equal(Enumerable.Range(1, done.Length).Select(round => (long)round), done);
            rounds.Add(done[^1]);
        }

        Assert.Equal([1, 2], heard.Select(told => told.Part).Distinct());
        Assert.Contains(found.Rounds, rounds);
    }

    [Fact]
    public void Mini_batches_tell_of_their_samples()
    {
        var heard = new Heard();
        Clustering.Find(Planted.Clouds(3, 60, 4, 1, 1), new ClusterOptions { Clusters = 3, Starts = 1, MiniBatch = true }, heard);
        StageProgress[] samples = [.. heard.Where(told => told.Stage == "samples")];
        Assert.Equal(Enumerable.Range(1, samples.Length).Select(batch => ((long)batch, (long)samples.Length)), samples.Select(told => (told.Done, told.Total)));
    }

    [Fact]
    public void A_classifier_tells_of_its_steps_and_of_a_loss_that_falls_in_each_fold()
    {
        var heard = new Heard();
        WordVectors vectors = Planted.Clouds(3, 30, 4, 1, 1);
        var words = LabeledWords.From(Enumerable.Range(0, vectors.Count).Select(id => (id, $"{id % 3}")));
        VectorClassifier.CrossValidate(vectors, words, 4, progress: heard);
        Assert.Equal([(1, 4), (2, 4), (3, 4), (4, 4)], heard.Select(told => (told.Part, told.Parts)).Distinct());
        StageProgress[] fold = [.. heard.Where(told => told.Part == 3)];
        Assert.Equal(Enumerable.Range(0, fold.Length).Select(step => (long)step), fold.Select(told => told.Done));
        Assert.Equal(fold.Select(told => told.Loss).OrderDescending(), fold.Select(told => told.Loss));
        Assert.Equal(Math.Log(3), fold[0].Loss, 1e-9);

        heard.Clear();
        VectorClassifier found = VectorClassifier.Train(vectors, words, progress: heard);
        Assert.Equal((found.Steps, 1), (heard.Count, heard[0].Parts));
    }

    [Fact]
    public void Principal_components_tell_of_rows_or_passes()
    {
        var heard = new Heard();
        WordVectors vectors = Planted.Clouds(1, 1000, 12, 0, 1);
        PrincipalComponents.Of(vectors, 2, progress: heard);
        Assert.Equal((1000, 1000), (heard.Max(told => told.Done), heard.Max(told => told.Total)));
        heard.Clear();
        PrincipalComponents.Approximate(vectors, 2, progress: heard);
        Assert.Equal(Enumerable.Range(0, 10).Select(pass => ((long)pass, 9L)), heard.Select(told => (told.Done, told.Total)));
    }

    [Fact]
    public void Duplicates_tell_of_all_pairs_of_rows()
    {
        var heard = new Heard();
        Assert.Empty(NearDuplicates.Find(new VectorIndex(Planted.Clouds(1, 2100, 24, 0, 1)), 0.9999f, heard));
        Assert.All(heard, told => Assert.Equal(2100 * 2099L / 2, told.Total));
        Assert.Equal([0, 2100 * 2099L / 2 - 1076 * 1075 / 2, 2100 * 2099L / 2 - 52 * 51 / 2, 2100 * 2099L / 2], heard.Select(told => told.Done));
    }

    [Fact]
    public void Drift_tells_of_the_neighbors_in_both_files()
    {
        var heard = new Heard();
        WordVectors vectors = Planted.Clouds(1, 4100, 3, 0, 1);
        VectorDrift.Between(vectors, vectors).Farthest(3, byNeighbors: true, heard);
        Assert.Equal([(1, 0L), (1, 4096), (1, 4100), (2, 0), (2, 4096), (2, 4100)], heard.Select(told => (told.Part, told.Done)));
        heard.Clear();
        VectorDrift.Between(vectors, vectors).Of(["w1", "w2"], heard);
        Assert.Equal([(1, 0L, 2L), (1, 2, 2), (2, 0, 2), (2, 2, 2)], heard.Select(told => (told.Part, told.Done, told.Total)));
    }

    [Fact]
    public void Latent_semantic_analysis_tells_of_its_passes()
    {
        var heard = new Heard();
        LatentSemantics.Learn(["red green", "green blue", "blue red red"], new LatentSemanticsOptions { Size = 2, Iterations = 3 }, heard);
        Assert.Equal([(0L, 4L), (1, 4), (2, 4), (3, 4), (4, 4)], heard.Select(told => (told.Done, told.Total)));
    }

    [Fact]
    public void Analogies_tell_of_the_lines_that_are_passed()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, string.Concat(Enumerable.Repeat("w1 w2 w3 w4\nw1 w2 w3 nothing\n", 4100)));
            var heard = new Heard();
            AnalogyEvaluation.Evaluate(Planted.Clouds(1, 20, 3, 0, 1), path, progress: heard);
            Assert.Equal([(0L, 8200L), (8191, 8200), (8199, 8200)], heard.Select(told => (told.Done, told.Total)));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
