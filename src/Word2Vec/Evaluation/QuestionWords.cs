using System.Text;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>Looks the words of questions up in <paramref name="vectors"/>, which stay in use.</summary>
/// <param name="composeUnknown">
/// Whether words that are not in the vocabulary have the vector of their n-grams, where the vectors have subwords; else they have none.
/// </param>
internal sealed class QuestionWords(WordVectors vectors, bool composeUnknown)
{
    // Where the vocabulary is in lower case, n-grams with capitals were never trained.
    private readonly Lazy<bool> _hasCapitals = new(() => vectors.EnumerateWords().Any(word => word.Any(char.IsUpper)));

    /// <summary>Whether words that are not in the vocabulary may have a vector.</summary>
    public bool Composes { get; } = composeUnknown && vectors.Subwords is not null;

    /// <summary>Finds the vector of a word as the question spells it or, failing that, in lower case; a word that neither is, is put together.</summary>
    /// <param name="id">The word's id; -1 where it is not in the vocabulary.</param>
    /// <returns>False where the word has no vector.</returns>
    public bool TryGetVector(string word, out int id, out ReadOnlySpan<float> vector)
    {
        if (QuestionFile.TryGetId(vectors.Words, word, out id))
        {
            vector = vectors[id];
            return true;
        }

        id = -1;
        vector = default;
        return Composes && vectors.TryGetVector(Encoding.UTF8.GetBytes(Spelling(word)), out vector);
    }

    private string Spelling(string word) => word.Any(char.IsUpper) && !_hasCapitals.Value ? word.ToLowerInvariant() : word;
}
