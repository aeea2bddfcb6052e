using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

/// <summary>The encoder in the plainest words, over tokens in memory ("\n" ends a sentence): what the real one is held against.</summary>
internal static class NaiveEncoder
{
    public static (List<int> Ids, List<string> Words, List<long> Counts, CorpusCounts Totals) Encode(
        List<string> tokens, CorpusOptions options)
    {
        var counts = tokens.Where(token => token != "\n").GroupBy(token => token)
            .ToDictionary(group => group.Key, group => (long)group.Count());
        var kept = counts.Where(pair => pair.Value >= options.MinimumCount)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        if (options.MaximumVocabulary > 0)
            kept = [.. kept.Take(options.MaximumVocabulary)];
        var ids = kept.Select((pair, id) => (pair.Key, id)).ToDictionary(pair => pair.Key, pair => pair.id);

        var result = new List<int>();
        foreach (var sentence in Sentences(tokens))
        {
            foreach (var piece in sentence.Where(ids.ContainsKey).Chunk(options.MaximumSentenceLength))
                result.AddRange([.. piece.Select(token => ids[token]), EncodedCorpus.SentenceEnd]);
        }

        int sentences = result.Count(id => id == EncodedCorpus.SentenceEnd);
        var totals = new CorpusCounts(tokens.Count(token => token != "\n"), result.Count - sentences, sentences, counts.Count)
        {
            LongWords = tokens.Count(token => token.Length is >= 998 and <= 1000),
        };
        return (result, [.. kept.Select(pair => pair.Key)], [.. kept.Select(pair => pair.Value)], totals);
    }

    private static IEnumerable<List<string>> Sentences(List<string> tokens)
    {
        var sentence = new List<string>();
        foreach (string token in tokens)
        {
            if (token != "\n")
            {
                sentence.Add(token);
                continue;
            }

            yield return sentence;
            sentence = [];
        }

        yield return sentence;
    }
}
