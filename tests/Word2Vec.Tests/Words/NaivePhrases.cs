using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

/// <summary>Phrases as word2phrase and gensim find them, with strings and dictionaries: the plain twin of <see cref="Phrases"/>.</summary>
internal static class NaivePhrases
{
    /// <summary>One pass: the phrases, by their words with spaces between them, with score and count.</summary>
    public static Dictionary<string, (double Score, long Count)> Learn(IReadOnlyList<string[]> sentences, PhraseOptions options, double threshold)
    {
        var counts = new Dictionary<string, long>();
        foreach (string[] sentence in sentences)
        {
            for (int end = 0, begin = -1; end < sentence.Length; end++)
            {
                if (options.Connectors.Contains(sentence[end]))
                    continue;
                Count(sentence[end]);
                if (begin >= 0)
                    Count(string.Join(' ', sentence[begin..(end + 1)]));
                begin = end;
            }
        }

        long words = sentences.Sum(sentence => (long)sentence.Length);
        var found = new Dictionary<string, (double, long)>();
        foreach ((string key, long count) in counts.Where(pair => pair.Key.Contains(' ', StringComparison.Ordinal) && pair.Value >= options.MinimumCount))
        {
            string[] parts = key.Split(' ');
            double score = Score(options, counts[parts[0]], counts[parts[^1]], count, words, counts.Count);
            if (score > threshold)
                found.Add(key, (score, count));
        }

        return found;

        void Count(string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    public static List<string[]> Join(IEnumerable<string[]> sentences, PhraseOptions options, IReadOnlyCollection<string> phrases) =>
        [.. sentences.Select(sentence => Join(sentence, options, phrases))];

    private static string[] Join(string[] sentence, PhraseOptions options, IReadOnlyCollection<string> phrases)
    {
        var joined = new List<string>();
        for (int begin = 0; begin < sentence.Length;)
        {
            int end = begin + 1;
            while (end < sentence.Length && options.Connectors.Contains(sentence[end]))
                end++;
            bool isPhrase = end < sentence.Length && !options.Connectors.Contains(sentence[begin])
                && phrases.Contains(string.Join(' ', sentence[begin..(end + 1)]));
            joined.Add(isPhrase ? string.Join(options.Joiner, sentence[begin..(end + 1)]) : sentence[begin]);
            begin = isPhrase ? end + 1 : begin + 1;
        }

        return [.. joined];
    }

    private static double Score(PhraseOptions options, double a, double b, double ab, double words, double distinct) => options.Scoring switch
    {
        PhraseScoring.Word2Phrase => (ab - (options.Discount ?? options.MinimumCount)) / (a * b) * words,
        PhraseScoring.Gensim => (ab - (options.Discount ?? options.MinimumCount)) / (a * b) * distinct,
        _ => Math.Log(ab / words / (a / words * (b / words))) / -Math.Log(ab / words),
    };
}
