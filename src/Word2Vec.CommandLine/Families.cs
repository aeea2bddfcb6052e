using Word2Vec.Queries;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>Ground truth of a corpus of events: which family each product belongs to. Vectors should bring families together.</summary>
internal sealed class Families
{
    private readonly Dictionary<string, string> _familyOf;

    private Families(Dictionary<string, string> familyOf) => _familyOf = familyOf;

    /// <summary>The words whose families are known and that have vectors.</summary>
    public IReadOnlyCollection<string> Words => _familyOf.Keys;

    /// <summary>Reads lines of word, tab, family; words that are not in <paramref name="words"/> are left out.</summary>
    public static Families Read(string path, WordIndex words) => new(File.ReadLines(path)
        .Select(line => line.Split('\t'))
        .Where(parts => parts.Length >= 2 && words.TryGetId(parts[0], out _))
        .DistinctBy(parts => parts[0])
        .ToDictionary(parts => parts[0], parts => parts[1]));

    /// <summary>Counts the words that have one of their own family as their nearest neighbour.</summary>
    public FamilyCount Count(VectorIndex index)
    {
        string[] words = [.. Words];
        IReadOnlyList<IReadOnlyList<Neighbor>> nearest = index.MostSimilarBatch(words, 1);
        int together =
            words.Where((word, i) => nearest[i].Count > 0 && _familyOf.GetValueOrDefault(nearest[i][0].Word) == _familyOf[word]).Count();
        return new FamilyCount(together, words.Length);
    }
}

/// <summary>How many of the words whose families are known have one of their own family as their nearest neighbour.</summary>
internal sealed record FamilyCount(int Together, int Words)
{
    public override string ToString() => FormattableString.Invariant(
        $"{Together} of {Words} words have one of their own family as their nearest neighbour ({100.0 * Together / Math.Max(1, Words):F1} %)");
}
