using System.Text;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>
/// Cuts a text in memory into words, as a corpus of the same <see cref="TokenizerKind"/> is cut when vectors are trained. Any number of
/// threads may use one at once.
/// </summary>
/// <param name="kind">How text becomes words.</param>
public sealed class Tokenizer(TokenizerKind kind)
{
    /// <summary>How text becomes words.</summary>
    public TokenizerKind Kind { get; } = kind;

    /// <summary>The words of <paramref name="text"/>, in their order; the ends of sentences are left out.</summary>
    public IReadOnlyList<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        using StringTokens tokens = Tokens(text);
        while (tokens.Read())
        {
            foreach (Token token in tokens.Tokens)
            {
                if (token.Length > 0)
                    words.Add(Encoding.UTF8.GetString(tokens.Bytes(token)));
            }
        }

        return words;
    }

    /// <summary>
    /// Appends the ids of those words of <paramref name="text"/> that <paramref name="index"/> has to <paramref name="ids"/>, in their order
    /// and as often as they occur, and returns how many words there are with those that it has not.
    /// </summary>
    public long FindIds(string text, WordIndex index, ICollection<int> ids) => FindIds(text, index, ids, unknown: null);

    /// <summary>The same, which hands the bytes of each word that <paramref name="index"/> has not to <paramref name="unknown"/>.</summary>
    internal long FindIds(string text, WordIndex index, ICollection<int> ids, UnknownWord? unknown)
    {
        ArgumentNullException.ThrowIfNull(text);
        long count = 0;
        using StringTokens tokens = Tokens(text);
        while (tokens.Read())
        {
            foreach (Token token in tokens.Tokens)
            {
                if (token.Length == 0)
                    continue;
                count++;
                if (index.TryGetId(tokens.Bytes(token), out int id))
                    ids.Add(id);
                else
                    unknown?.Invoke(tokens.Bytes(token));
            }
        }

        return count;
    }

    /// <summary>Appends the id of each word of <paramref name="text"/> in <paramref name="table"/>, where new ones are added.</summary>
    internal void AddTo(TermTable table, string text, ICollection<int> ids)
    {
        using StringTokens tokens = Tokens(text);
        while (tokens.Read())
        {
            foreach (Token token in tokens.Tokens)
            {
                if (token.Length > 0)
                    ids.Add(table.IdOf(tokens.Bytes(token)));
            }
        }
    }

    /// <summary>Takes a word that is not known.</summary>
    internal delegate void UnknownWord(ReadOnlySpan<byte> word);

    private StringTokens Tokens(string text) => new(text, Kind == TokenizerKind.Text ? new TextNormalizer() : null);
}
