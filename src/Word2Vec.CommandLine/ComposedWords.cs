using System.Text.Json;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine;

/// <summary>Words that are not in the vocabulary and whose vectors were put together from their n-grams: what is said of them.</summary>
internal static class ComposedWords
{
    /// <summary>Those of <paramref name="words"/>, each once.</summary>
    public static string[] Of(WordVectors vectors, IEnumerable<string> words) =>
        vectors.Subwords is null ? [] : [.. words.Where(word => !vectors.Contains(word)).Distinct()];

    /// <summary>Says so on standard error, a line each.</summary>
    public static void Note(TextWriter error, WordVectors vectors, IEnumerable<string> words)
    {
        foreach (string word in Of(vectors, words))
            error.WriteLine($"note: '{ResultTable.Printable(word)}' is not in the vocabulary; its vector was put together from its n-grams");
    }

    /// <summary>Writes an array of them, where there are any.</summary>
    public static void WriteJson(Utf8JsonWriter writer, WordVectors vectors, IEnumerable<string> words)
    {
        if (Of(vectors, words) is { Length: > 0 } composed)
            writer.WriteStrings("composed", composed);
    }

    /// <summary>Says that <paramref name="format"/> has no room for what unknown words are put together from, where that is lost.</summary>
    public static void NoteLost(TextWriter error, WordVectors vectors, VectorFormat format)
    {
        if (vectors.Subwords is not null && format is not (VectorFormat.Native or VectorFormat.FastText))
            error.WriteLine($"note: {FormatNames.Describe(format)} has no room for n-grams, so that only the words of the vocabulary have vectors; "
                + ".w2v and .ftbin keep them");
    }
}
