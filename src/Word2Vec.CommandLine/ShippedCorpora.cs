namespace Word2Vec.CommandLine;

/// <summary>A corpus that comes with the tool, and the files beside it that hold its ground truth.</summary>
/// <param name="Text">The text.</param>
/// <param name="Questions">Analogies; null where there are none.</param>
/// <param name="Pairs">Word pairs; null where there are none.</param>
/// <param name="Families">Words with the family that each belongs to; null where there are none.</param>
internal sealed record ShippedCorpus(string Text, string? Questions, string? Pairs, string? Families)
{
    /// <summary>The corpus's name: <c>small-world</c>.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Text);
}

/// <summary>Finds the corpora that come with the tool.</summary>
internal static class ShippedCorpora
{
    private const string Folder = "corpora";

    /// <summary>
    /// Takes <paramref name="nameOrFile"/> as a file, or as the name of a corpus in a folder <c>corpora</c> at or above
    /// <paramref name="roots"/>.
    /// </summary>
    public static ShippedCorpus Find(string nameOrFile, IReadOnlyList<string> roots)
    {
        if (File.Exists(nameOrFile))
            return WithTruth(nameOrFile);
        List<string> looked = [];
        IEnumerable<string> folders = roots.SelectMany(Upwards).Select(folder => Path.Combine(folder, Folder));
        foreach (string folder in folders.Where(Directory.Exists).Distinct())
        {
            string candidate = Path.Combine(folder, nameOrFile + ".txt");
            if (File.Exists(candidate))
                return WithTruth(candidate);
            looked.Add(folder);
        }

        string where = looked.Count == 0 ? $"no folder '{Folder}' was found" : $"it is not in {string.Join(" or ", looked)}";
        throw new Word2VecException(
            ErrorKind.Input, $"The corpus '{nameOrFile}' is not a file, and {where}. Give a text file with --corpus FILE.");
    }

    private static ShippedCorpus WithTruth(string text)
    {
        string stem = Path.Combine(Path.GetDirectoryName(text) ?? "", Path.GetFileNameWithoutExtension(text));
        return new ShippedCorpus(text, Existing(stem + "-questions.txt"), Existing(stem + "-pairs.tsv"), Existing(stem + "-families.tsv"));
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;

    private static IEnumerable<string> Upwards(string folder)
    {
        for (DirectoryInfo? place = new(folder); place is not null; place = place.Parent)
            yield return place.FullName;
    }
}
