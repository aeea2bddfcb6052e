using Word2Vec.Sampling;
using Word2Vec.Words;

/// <summary>A token that stayed, with what its window reaches.</summary>
internal sealed record Center(int Word, long Position, int[] Contexts);

/// <summary>Hands out pieces of 8,192 positions, as the CPU backend does, and cuts their windows into tiles.</summary>
internal sealed class Pieces(EncodedCorpus corpus, EpochDraws draws, int tile)
{
    private const int Length = 8192;

    private long _next;

    public EpochDraws Draws => draws;

    public IEnumerable<List<Center>> Tiles()
    {
        while (true)
        {
            long start = corpus.SentenceStart(_next), end = corpus.SentenceStart(_next += Length);
            if (start >= corpus.Length)
                yield break;
            foreach (List<Center> sentence in Sentences(start, end))
            {
                for (int first = 0; first < sentence.Count; first += tile)
                    yield return sentence.GetRange(first, Math.Min(tile, sentence.Count - first));
            }
        }
    }

    private IEnumerable<List<Center>> Sentences(long start, long end)
    {
        var kept = new List<(int Word, long Position)>();
        for (long position = start; position < end; position++)
        {
            int id = corpus.Ids(position, 1)[0];
            if (id != EncodedCorpus.SentenceEnd && draws.Keeps(id, position))
                kept.Add((id, position));
            if (id != EncodedCorpus.SentenceEnd)
                continue;
            if (kept.Count > 1)
                yield return [.. kept.Select((token, i) => new Center(token.Word, token.Position, Contexts(kept, i, draws.Radius(token.Position))))];
            kept.Clear();
        }
    }

    private static int[] Contexts(List<(int Word, long Position)> kept, int center, int radius) =>
        [.. Enumerable.Range(Math.Max(0, center - radius), Math.Min(kept.Count - 1, center + radius) - Math.Max(0, center - radius) + 1)
            .Where(i => i != center).Select(i => kept[i].Word)];
}
