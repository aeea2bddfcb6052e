using System.Security.Cryptography;
using Word2Vec.Evaluation;
using Word2Vec.Queries;
using Word2Vec.Training;
using Word2Vec.Vectors;

namespace Word2Vec.Tests;

/// <summary>The whole line on the corpora that ship, against the truth that was planted in them.</summary>
public sealed class ShippedCorporaTests
{
    private static readonly string Folder = Path.Combine(House.Root, "corpora");

    [Fact]
    public void The_small_world_answers_its_analogies_and_ranks_its_pairs()
    {
        using WordVectors vectors = Train("small-world.txt");
        Assert.InRange(AnalogyEvaluation.Evaluate(vectors, Path.Combine(Folder, "small-world-questions.txt")).Accuracy, 0.95, 1);
        Assert.InRange(SimilarityEvaluation.Evaluate(vectors, Path.Combine(Folder, "small-world-pairs.tsv")).Spearman, 0.8, 1);
    }

    [Fact]
    public void The_warehouse_brings_product_families_together()
    {
        using WordVectors vectors = Train("warehouse.txt");
        Dictionary<string, string> families = File.ReadLines(Path.Combine(Folder, "warehouse-families.tsv"))
            .Select(line => line.Split('\t')).ToDictionary(fields => fields[0], fields => fields[1]);
        var index = new VectorIndex(vectors);
        string[] products = [.. families.Keys.Where(word => vectors.Words.TryGetId(word, out _))];
        Assert.Equal(families.Count, products.Length);
        IReadOnlyList<IReadOnlyList<Neighbor>> nearest = index.MostSimilarBatch(products, 1);
        int together = products.Zip(nearest).Count(pair => families.GetValueOrDefault(pair.Second[0].Word) == families[pair.First]);
        Assert.InRange((double)together / products.Length, 0.95, 1);
    }

    [Fact]
    public void The_readme_lists_the_checksums_of_the_corpora()
    {
        string readme = File.ReadAllText(Path.Combine(Folder, "README.md"));
        foreach (string file in Directory.GetFiles(Folder, "*.t?*").Where(path => Path.GetExtension(path) is ".txt" or ".tsv" && !path.EndsWith("text8.txt", StringComparison.Ordinal)))
            Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), readme, StringComparison.Ordinal);
    }

    private static WordVectors Train(string name) => SkipGram.Train(Path.Combine(Folder, name), new TrainingOptions { Threads = 1 });
}
