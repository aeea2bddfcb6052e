namespace Word2Vec.CommandLine;

/// <summary>Words to add and words to take away: what <c>king - man + woman</c> stands for.</summary>
internal sealed record WordExpression(IReadOnlyList<string> Positive, IReadOnlyList<string> Negative)
{
    /// <summary>True where there is one word and nothing to compute.</summary>
    public bool IsOneWord => Positive.Count == 1 && Negative.Count == 0;

    /// <summary>Parses words typed on one line.</summary>
    public static WordExpression Parse(string line, Predicate<string> isWord) =>
        Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), isWord);

    /// <summary>
    /// Parses <c>king - man + woman</c>, <c>+king -man +woman</c> and <c>king woman</c>: a sign stands alone before its word or is part of
    /// it, and no sign is a plus.
    /// </summary>
    /// <param name="isWord">Tells what is in the vocabulary: one such word by itself is that word, even if it begins with a sign.</param>
    public static WordExpression Parse(IReadOnlyList<string> tokens, Predicate<string> isWord)
    {
        if (tokens.Count == 1 && isWord(tokens[0]))
            return new WordExpression([tokens[0]], []);
        List<string> positive = [], negative = [];
        char pending = '\0';
        foreach (string token in tokens)
        {
            if (token is "+" or "-")
            {
                if (pending != '\0')
                    throw Dangling(pending, $"'{token}'");
                pending = token[0];
                continue;
            }

            bool signed = pending == '\0' && token.Length > 1 && token[0] is '+' or '-';
            char sign = signed ? token[0] : pending;
            (sign == '-' ? negative : positive).Add(signed ? token[1..] : token);
            pending = '\0';
        }

        return pending == '\0' ? new WordExpression(positive, negative) : throw Dangling(pending, "the end");
    }

    private static Word2VecException Dangling(char sign, string found) => new(ErrorKind.Usage,
        $"A word must follow '{sign}', but {found} does. Write it as: king - man + woman.");
}
