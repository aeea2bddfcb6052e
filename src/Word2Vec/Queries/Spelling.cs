using Word2Vec.Words;

namespace Word2Vec.Queries;

/// <summary>Finds what a user may have meant.</summary>
public static class Spelling
{
    /// <summary>The words of <paramref name="words"/> spelt most like <paramref name="word"/>: by edit distance, then by frequency.</summary>
    public static IReadOnlyList<string> Nearest(WordIndex words, string word, int count = 3) => throw new NotImplementedException();
}
