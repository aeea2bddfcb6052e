using System.CommandLine;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine;

/// <summary>What the commands that look at all vectors of a file have in common.</summary>
internal static class VectorInput
{
    /// <summary>The option that names the words of a format without words.</summary>
    public static Option<string?> Words() =>
        CommandOptions.Text("--words", "The words of the vectors, one a line, for a format without words (NumPy, Faiss)", "FILE");

    /// <summary>Opens <paramref name="path"/>, or the first <paramref name="limit"/> words of it.</summary>
    public static WordVectors Open(string path, string? words, int limit) =>
        VectorFile.Open(path, new VectorReadOptions { WordsPath = words, Limit = limit });

    /// <summary>Checks, before anything is computed, that <paramref name="output"/>, if there is one, can be written and is none of <paramref name="inputs"/>.</summary>
    public static void CheckOutput(string? output, IEnumerable<string> inputs)
    {
        if (output is null)
            return;
        OutputCheck.NotAnInput(output, inputs);
        OutputCheck.Writable(output);
    }
}
