namespace Word2Vec.Words;

/// <summary>A vocabulary as word2vec.c's <c>-save-vocab</c> writes it: a line <c>word count</c> for each word, in the order of the ids.</summary>
public static class VocabularyFile
{
    /// <summary>Writes <paramref name="vocabulary"/> to <paramref name="path"/>, atomically.</summary>
    public static void Save(Vocabulary vocabulary, string path) => throw new NotImplementedException();

    /// <summary>Reads a vocabulary; the order of the lines is kept.</summary>
    public static Vocabulary Read(string path) => throw new NotImplementedException();
}
