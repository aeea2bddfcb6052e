using System.CommandLine;
using Word2Vec.Analysis;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Maps;

/// <summary>What tells the colors of a map: groups that are found, or a file of them.</summary>
internal sealed class MapGroupOptions
{
    private const int CentralWords = 3;

    public Option<int> Clusters { get; } = CommandOptions.Number("--clusters", "Color by so many groups of similar words, found as by cluster; 0: none", 0);

    public Option<string?> File { get; } =
        CommandOptions.Text("--groups", "Color by this file: a word, a tab and its group or label a line, as cluster and classify write", "FILE");

    /// <summary>The name of each word's group; null where nothing was asked for.</summary>
    public string?[]? Of(ParseResult parsed, WordVectors vectors, TextWriter notes, ProgressView progress, CancellationToken cancellation)
    {
        int clusters = parsed.GetValue(Clusters);
        if (parsed.GetValue(File) is not { } path)
            return clusters == 0 ? null : Found(vectors, clusters, parsed, progress, cancellation);
        if (clusters != 0)
            throw new Word2VecException(ErrorKind.Usage, "--clusters finds groups and --groups reads them; give one of both.");
        LabeledWords labels = LabeledWords.Read(path, vectors);
        if (labels.Unknown > 0)
            notes.WriteLine(FormattableString.Invariant($"{labels.Unknown:N0} words of {path} are not on the map"));
        var names = new string?[vectors.Count];
        for (int i = 0; i < labels.Ids.Count; i++)
            names[labels.Ids[i]] = labels.Labels[labels.Classes[i]];
        return names;
    }

    private static string?[] Found(WordVectors vectors, int clusters, ParseResult parsed, ProgressView progress, CancellationToken cancellation)
    {
        var options = new ClusterOptions
        {
            Clusters = clusters,
            Spherical = !parsed.GetValue<bool>("--euclidean"),
            Seed = parsed.GetValue<ulong>("--seed"),
        };
        Clustering found = Clustering.Find(vectors, options, progress, cancellation);
        string[] names = [.. found.Clusters.Select(cluster =>
            $"{cluster.Number} {string.Join(' ', cluster.Members.Take(CentralWords).Select(id => vectors.Words[id]))}")];
        return [.. found.Assignments.Select(cluster => names[cluster])];
    }
}
