namespace Word2Vec.CommandLine.Texts;

/// <summary>Makes one word of a name: _ in place of what would end it.</summary>
internal static class WordNames
{
    /// <summary>Whether <paramref name="c"/> is no part of a word.</summary>
    public static bool IsForbidden(char c) => c == '\0' || char.IsWhiteSpace(c);

    /// <summary>The name as one word.</summary>
    public static string Fit(string name) => name.Any(IsForbidden) ? string.Concat(name.Select(c => IsForbidden(c) ? '_' : c)) : name;
}
