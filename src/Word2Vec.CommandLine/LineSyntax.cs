namespace Word2Vec.CommandLine;

/// <summary>What a line means that is typed at a prompt or read from a file.</summary>
/// <param name="Hint">What to type.</param>
/// <param name="TakesWords">True where a word by itself is a question.</param>
/// <param name="Parse">Makes an expression of a line, given what is a word.</param>
internal sealed record LineSyntax(string Hint, bool TakesWords, Func<string, Predicate<string>, WordExpression> Parse)
{
    /// <summary>Words and sums of words.</summary>
    public static LineSyntax Expression { get; } = new("Type a word, or king - man + woman", true, WordExpression.Parse);

    /// <summary>Three words: the answer is to the third as the second is to the first.</summary>
    public static LineSyntax Analogy { get; } = new("Type three words, such as man king woman", false, (line, _) => ParseAnalogy(line));

    private static WordExpression ParseAnalogy(string line)
    {
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3
            ? new WordExpression([words[1], words[2]], [words[0]])
            : throw new Word2VecException(
                ErrorKind.Usage, $"An analogy has three words, and '{line}' has {words.Length}. Write it as: man king woman.");
    }
}
