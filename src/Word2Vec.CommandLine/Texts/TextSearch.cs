using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Texts;

/// <summary>Looks for the documents that are most like a text, which is embedded as they were.</summary>
internal static class TextSearch
{
    /// <summary>The nearest of <paramref name="index"/>, whose file is <paramref name="path"/>, to <paramref name="text"/>.</summary>
    /// <param name="wordsPath">The file of the words' vectors; null: the one that is remembered.</param>
    public static IReadOnlyList<Neighbor> Find(VectorIndex index, string path, string text, string? wordsPath, int count, TextWriter notes)
    {
        IReadOnlyDictionary<string, string>? entries = DocumentRecord.Find(index.Vectors, path);
        using WordVectors words = VectorFile.Open(wordsPath ?? Remembered(entries, path));
        if (words.Size != index.Vectors.Size)
            throw new Word2VecException(ErrorKind.Usage, $"{path} has vectors of {index.Vectors.Size} components and {wordsPath} of {words.Size}; " +
                "name the word vectors with which the texts were embedded (--vectors).");
        if (entries is null)
            notes.WriteLine($"note: nothing says how {path} was made; the text is embedded as the mean of its words.");
        TextEmbedder embedder = entries is null ? new TextEmbedder(words) : EmbedderRecord.Open(words, entries);
        var query = new float[words.Size];
        if (embedder.Embed(text, query) == 0)
            throw new Word2VecException(ErrorKind.UnknownWord,
                $"The text '{text}' holds none of the {words.Count} words of these vectors; use other words, or vectors that know them.");
        return index.Nearest(query, count)[0];
    }

    // As it was typed, from here or beside the documents.
    private static string Remembered(IReadOnlyDictionary<string, string>? entries, string path)
    {
        string name = entries?.GetValueOrDefault(EmbedderRecord.VectorsName) ?? throw new Word2VecException(ErrorKind.Usage,
            $"{path} does not say with which word vectors its texts were embedded; name them with --vectors FILE.");
        string beside = Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileName(name));
        return File.Exists(name) || !File.Exists(beside) ? name : beside;
    }
}
