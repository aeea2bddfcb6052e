using System.Security.Cryptography;
using Word2Vec.Analysis;
using Word2Vec.Evaluation;
using Word2Vec.Numerics;
using Word2Vec.Queries;
using Word2Vec.Tests.Analysis;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests;

/// <summary>The whole line on the corpora that ship, against the truth that was planted in them.</summary>
public sealed class ShippedCorporaTests : IDisposable
{
    private static readonly string Folder = Path.Combine(House.Root, "corpora");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-shipped-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_small_world_answers_its_analogies_and_ranks_its_pairs()
    {
        using WordVectors vectors = Train("small-world.txt");
        Assert.InRange(AnalogyEvaluation.Evaluate(vectors, Path.Combine(Folder, "small-world-questions.txt")).Accuracy, 0.95, 1);
        Assert.InRange(SimilarityEvaluation.Evaluate(vectors, Path.Combine(Folder, "small-world-pairs.tsv")).Spearman, 0.8, 1);
    }

    [Theory]
    [InlineData(TrainingArchitecture.Cbow, OutputLayer.NegativeSampling, 0.95)]
    [InlineData(TrainingArchitecture.SkipGram, OutputLayer.HierarchicalSoftmax, 0.95)]
    [InlineData(TrainingArchitecture.Cbow, OutputLayer.HierarchicalSoftmax, 0.85)]
    public void The_other_models_answer_the_analogies_of_the_small_world(TrainingArchitecture architecture, OutputLayer layer, double least)
    {
        using WordVectors vectors = Train("small-world.txt", new TrainingOptions { Threads = 1, Architecture = architecture, OutputLayer = layer });
        Assert.InRange(AnalogyEvaluation.Evaluate(vectors, Path.Combine(Folder, "small-world-questions.txt")).Accuracy, least, 1);
    }

    [Fact]
    public void Subwords_answer_for_inflections_and_slips_of_the_pen_that_the_text_does_not_have()
    {
        var options = new TrainingOptions { Threads = 1, Epochs = 3, Subwords = new SubwordOptions { Buckets = 20_000 } };
        using WordVectors vectors = Train("small-world.txt", options);
        var index = new VectorIndex(vectors);
        foreach ((string unseen, string meant) in new[] { ("germanys", "germany"), ("princesss", "princess"), ("swimmings", "swimming"), ("portugall", "portugal") })
        {
            Assert.False(vectors.Words.TryGetId(unseen, out _));
            Assert.Equal(meant, index.MostSimilar([unseen], null, 1)[0].Word);
        }
    }

    // Six participles stand in no sentence that is trained on. Of the 126 questions that begin with the verb of one and ask for a known participle, chance would answer none.
    [Fact]
    public void Analogies_with_forms_that_the_text_does_not_have_are_answered_from_their_ngrams()
    {
        string[] unseen = ["baking", "jumping", "walking", "painting", "shouting", "cooking"];
        string corpus = Path.Combine(_folder.FullName, "corpus.txt"), questions = Path.Combine(_folder.FullName, "questions.txt");
        File.WriteAllLines(corpus, File.ReadLines(Path.Combine(Folder, "small-world.txt")).Where(line => !line.Split(' ').Intersect(unseen).Any()));
        File.WriteAllLines(questions, File.ReadLines(Path.Combine(Folder, "small-world-questions.txt")).Where(line =>
            line.Split(' ') is [_, string b, _, string d] && unseen.Contains(b) && !unseen.Contains(d)));
        using WordVectors vectors = SkipGram.Train(corpus, new TrainingOptions { Threads = 1, Epochs = 3, Subwords = new SubwordOptions { Buckets = 20_000 } });
        Assert.Equal(0, AnalogyEvaluation.Evaluate(vectors, questions).Asked);
        AnalogyResult result = AnalogyEvaluation.Evaluate(vectors, questions, composeUnknown: true);
        Assert.Equal((126, 126), (result.Asked, result.Total));
        Assert.InRange(result.Accuracy, 0.6, 1);
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
    public void Clusters_of_the_warehouse_are_its_families_and_a_classifier_tells_them_apart()
    {
        using WordVectors all = Train("warehouse.txt");
        LabeledWords families = LabeledWords.Read(Path.Combine(Folder, "warehouse-families.tsv"), all);
        Assert.Equal((24, 336), (families.Labels.Count, families.Ids.Count));
        Assert.InRange(VectorClassifier.CrossValidate(all, families).Accuracy, 0.98, 1);

        // The products and stations alone: what else a tour has belongs to no family.
        using var products = new WordVectors(
            WordIndex.From(families.Ids.Select(id => all.Words[id])), all.Size, [.. families.Ids.SelectMany(all.CopyRow)]);
        Clustering found = Clustering.Find(products, new ClusterOptions { Clusters = 24, Starts = 10 });
        Assert.InRange(Planted.Purity(found.Assignments, families.Classes), 0.98, 1);
        Assert.InRange(Planted.MutualInformation(found.Assignments, families.Classes), 0.98, 1);
    }

    [Theory]
    [InlineData(MapMethod.Tsne)]
    [InlineData(MapMethod.Umap)]
    public void A_map_keeps_the_families_of_the_warehouse_together(MapMethod method)
    {
        using WordVectors all = Train("warehouse.txt");
        LabeledWords families = LabeledWords.Read(Path.Combine(Folder, "warehouse-families.tsv"), all);
        WordMap map = WordMap.Find(all, new MapOptions { Method = method }), drawn = WordMap.Find(Shuffled(all), new MapOptions { Method = method });
        Assert.InRange(FamilyOfTheNearest(map.Vectors, families), 0.95, 1);
        Assert.InRange(FamilyOfTheNearest(drawn.Vectors, families), 0, 0.15);
        Assert.InRange(Trustworthiness.Of(all, map.Vectors), 0.97, 1);
        Assert.InRange(Trustworthiness.Of(all, drawn.Vectors), 0.4, 0.65);
    }

    [Fact]
    public void A_map_of_the_small_world_is_trustworthy_where_its_first_components_are_not()
    {
        using WordVectors vectors = Train("small-world.txt");
        Assert.InRange(Trustworthiness.Of(vectors, WordMap.Find(vectors).Vectors), 0.98, 1);
        Assert.InRange(Trustworthiness.Of(vectors, WordMap.Find(vectors, new MapOptions { Method = MapMethod.Umap }).Vectors), 0.96, 1);
        Assert.InRange(Trustworthiness.Of(vectors, WordMap.Find(vectors, new MapOptions { Method = MapMethod.Pca }).Vectors), 0.6, 0.9);
    }

    [Fact]
    public void A_classifier_learns_what_is_a_country_and_what_a_capital_from_the_small_world()
    {
        using WordVectors vectors = Train("small-world.txt");
        string[][] pairs = [.. File.ReadLines(Path.Combine(Folder, "small-world-questions.txt")).SkipWhile(line => line != ": country-capital").Skip(1)
            .TakeWhile(line => line[0] != ':').Select(line => line.Split(' '))];
        HashSet<string> countries = [.. pairs.Select(words => words[0])], capitals = [.. pairs.Select(words => words[1])];
        Assert.Equal((24, 24), (countries.Count, capitals.Count));
        var words = LabeledWords.From(Enumerable.Range(0, vectors.Count)
            .Select(id => (id, countries.Contains(vectors.Words[id]) ? "country" : capitals.Contains(vectors.Words[id]) ? "capital" : "other")));
        ClassifierScores scores = VectorClassifier.CrossValidate(vectors, words);
        Assert.All(scores.Scores, score => Assert.InRange(score.F1, 0.9, 1));
    }

    [Fact]
    public void The_readme_lists_the_checksums_of_the_corpora()
    {
        string readme = File.ReadAllText(Path.Combine(Folder, "README.md"));
        foreach (string file in Directory.GetFiles(Folder).Where(path => Path.GetExtension(path) is ".txt" or ".tsv" or ".csv" && !path.EndsWith("text8.txt", StringComparison.Ordinal)))
            Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), readme, StringComparison.Ordinal);
    }

    // The same rows with the words of others: a map that knows nothing.
    private static WordVectors Shuffled(WordVectors vectors)
    {
        DrawKey key = DrawKey.From(1, 0, 0);
        int[] order = [.. Enumerable.Range(0, vectors.Count).OrderBy(id => key.Draw(id))];
        return new WordVectors(WordIndex.From(vectors.EnumerateWords()), vectors.Size, [.. order.SelectMany(vectors.CopyRow)]);
    }

    private static double FamilyOfTheNearest(WordVectors map, LabeledWords families)
    {
        var familyOf = families.Ids.Zip(families.Classes).ToDictionary(pair => pair.First, pair => pair.Second);
        using var points = new PointRows(map, spherical: false, 1, CancellationToken.None);
        NeighborLists near = NeighborSearch.Find(points, 1);
        return families.Ids.Count(id => familyOf.TryGetValue(near.Ids[id], out int family) && family == familyOf[id]) / (double)families.Ids.Count;
    }

    private static WordVectors Train(string name, TrainingOptions? options = null) =>
        SkipGram.Train(Path.Combine(Folder, name), options ?? new TrainingOptions { Threads = 1 });
}
