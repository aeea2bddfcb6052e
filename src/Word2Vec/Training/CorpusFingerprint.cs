using System.Globalization;
using System.Runtime.InteropServices;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>
/// What tells one encoded corpus from another in a checkpoint: its content, not its path, so that a text may be moved, touched or piped in again.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal unsafe struct CorpusFingerprint
{
    private const int ChunkIds = 1 << 18;

    public long Length, Words, TextTokens, Tokens, Sentences, Types;
    public uint IdsChecksum, VocabularyChecksum;

    /// <summary>The fingerprint of <paramref name="corpus"/>; its ids are read where no file holds their checksum.</summary>
    public static CorpusFingerprint Of(EncodedCorpus corpus)
    {
        (uint ids, uint vocabulary) = corpus.Checksums ?? (OfIds(corpus), Of(corpus.Vocabulary));
        return new CorpusFingerprint
        {
            Length = corpus.Length,
            Words = corpus.Vocabulary.Count,
            TextTokens = corpus.Counts.TextTokens,
            Tokens = corpus.Counts.Tokens,
            Sentences = corpus.Counts.Sentences,
            Types = corpus.Counts.Types,
            IdsChecksum = ids,
            VocabularyChecksum = vocabulary,
        };
    }

    /// <summary>What is different in <paramref name="now"/>, for people; null: nothing.</summary>
    public readonly string? Difference(in CorpusFingerprint now)
    {
        (string What, long Then, long Now)[] counts =
        [
            ("words", TextTokens, now.TextTokens),
            ("different words", Types, now.Types),
            ("words in the vocabulary", Words, now.Words),
            ("words of the vocabulary", Tokens, now.Tokens),
            ("sentences", Sentences, now.Sentences),
            ("positions", Length, now.Length),
        ];
        foreach ((string what, long then, long found) in counts)
        {
            if (then != found)
                return string.Create(CultureInfo.InvariantCulture, $"the corpus had {then:N0} {what} and has {found:N0} now");
        }

        return VocabularyChecksum != now.VocabularyChecksum ? "the vocabulary has as many words, but other words or counts"
            : IdsChecksum != now.IdsChecksum ? "the corpus has as many words, but other ones or in another order"
            : null;
    }

    private static uint OfIds(EncodedCorpus corpus)
    {
        var checksum = default(Checksum);
        for (long start = 0; start < corpus.Length; start += ChunkIds)
            checksum.Append(MemoryMarshal.AsBytes(corpus.Ids(start, (int)Math.Min(ChunkIds, corpus.Length - start))));
        return checksum.Value;
    }

    // The bytes of EncodedCorpusFile's vocabulary: counts, lengths, words.
    private static uint Of(Vocabulary vocabulary)
    {
        var checksum = default(Checksum);
        var number = new byte[sizeof(long)];
        for (int id = 0; id < vocabulary.Count; id++)
        {
            MemoryMarshal.Write(number, vocabulary.Counts[id]);
            checksum.Append(number);
        }

        for (int id = 0; id < vocabulary.Count; id++)
        {
            MemoryMarshal.Write(number, vocabulary.Words.Bytes(id).Length);
            checksum.Append(number.AsSpan(0, sizeof(int)));
        }

        for (int id = 0; id < vocabulary.Count; id++)
            checksum.Append(vocabulary.Words.Bytes(id));
        return checksum.Value;
    }
}
