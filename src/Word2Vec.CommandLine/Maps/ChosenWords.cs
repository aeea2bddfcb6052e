using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Maps;

/// <summary>The vectors of some words.</summary>
internal static class ChosenWords
{
    /// <summary>
    /// The vectors of the words in <paramref name="path"/>, one a line, in their order in <paramref name="all"/>; all where there is no
    /// path. How many words have no vector goes to <paramref name="notes"/>.
    /// </summary>
    public static WordVectors Of(WordVectors all, string? path, TextWriter notes)
    {
        if (path is null)
            return all;
        var ids = new SortedSet<int>();
        int unknown = 0;
        foreach (string line in Lines(path).Where(line => line.Length > 0))
        {
            if (all.Words.TryGetId(line, out int id))
                ids.Add(id);
            else
                unknown++;
        }

        if (ids.Count == 0)
            throw new Word2VecException(ErrorKind.Input, $"None of the {unknown} words of '{path}' is among the {all.Count} words of the " +
                "vectors; one word a line was expected. Are they spelt as in the vectors?");
        if (unknown > 0)
            notes.WriteLine(FormattableString.Invariant($"{unknown:N0} words of {path} have no vector and are left out"));
        float[] rows = [.. ids.SelectMany(all.CopyRow)];
        long[]? counts = all.Counts is { } known ? [.. ids.Select(id => known[id])] : null;
        return new WordVectors(WordIndex.From(ids.Select(id => all.Words[id])), all.Size, rows) { Counts = counts };
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new Word2VecException(ErrorKind.Input, $"The words of '{path}' could not be read: {exception.Message}", exception);
        }
    }
}
