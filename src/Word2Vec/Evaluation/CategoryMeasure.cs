using Word2Vec.Analysis;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>Words with categories that clusters are to find.</summary>
internal sealed class CategoryMeasure : Measure
{
    private const int Starts = 10;

    private readonly ulong _seed;

    public CategoryMeasure(string path, ulong seed)
        : base("categories", path, "purity", "NMI", "adjusted Rand") => _seed = seed;

    internal override Answers Ask(WordVectors vectors, CancellationToken cancellation)
    {
        LabeledWords words = LabeledWords.Read(Path, vectors);
        using WordVectors own = WordSubset.Of(vectors, words.Ids);
        var options = new ClusterOptions { Clusters = words.Labels.Count, Starts = Starts, Seed = _seed };
        Clustering found = Clustering.Find(own, options, cancellation: cancellation);
        return new PartitionAnswers(WordSubset.Names(vectors, words.Ids), words.Ids.Count + words.Unknown, [.. found.Assignments], [.. words.Classes]);
    }
}
