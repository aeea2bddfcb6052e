using Word2Vec.Tests.Words;
using Word2Vec.Words;

namespace Word2Vec.Tests.Corpora;

/// <summary>Whatever the bytes are: tokens are those of a plain splitter, and what was encoded is decoded again.</summary>
public sealed class AnyBytesTests
{
    [Fact]
    public void Any_bytes_in_any_blocks_have_the_tokens_of_a_plain_splitter() => AnyBytes.Check((text, blockSize) =>
    {
        if (Refuses(text))
            return;
        byte[] bare = text.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? text[3..] : text;
        Assert.Equal(TokenReaderTests.NaiveSplit(bare), Corpus.Read(Corpus.Of(text), text: false, blockSize));
        Assert.Equal(Corpus.Read(Corpus.Of(text), text: true), Corpus.Read(Corpus.Of(text), text: true, blockSize));
    });

    [Fact]
    public void Any_bytes_come_back_from_their_encoding_as_the_words_that_were_kept() => AnyBytes.Check((text, number) =>
    {
        if (Refuses(text))
            return;
        var options = new CorpusOptions
        {
            Tokenizer = number % 2 == 0 ? TokenizerKind.Text : TokenizerKind.Whitespace,
            MinimumCount = 1 + number / 2 % 3,
            MaximumSentenceLength = 1 + number / 6,
            MaximumVocabulary = number % 5,
        };
        var expected = NaiveEncoder.Encode(Corpus.Read(Corpus.Of(text), options.Tokenizer == TokenizerKind.Text), options);
        if (expected.Ids.Count == 0)
        {
            Assert.Equal(ErrorKind.Input, Assert.Throws<Word2VecException>(() => Encode(text, options)).Kind);
            return;
        }

        using EncodedCorpus corpus = Encode(text, options);
        Assert.Equal(expected.Ids.Select(id => id < 0 ? "\n" : expected.Words[id]), Decoded(corpus));
    });

    private static bool Refuses(byte[] text)
    {
        if (!text.Contains((byte)0) && text is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]))
            return false;
        Assert.Equal(ErrorKind.Input, Assert.Throws<Word2VecException>(() => Corpus.Read(Corpus.Of(text), text: false)).Kind);
        return true;
    }

    private static EncodedCorpus Encode(byte[] text, CorpusOptions options) => CorpusEncoder.Encode(Corpus.Of(text), options, null, null, default);

    private static IEnumerable<string> Decoded(EncodedCorpus corpus)
    {
        for (int at = 0; at < corpus.Length; at++)
            yield return corpus.Ids(at, 1)[0] is >= 0 and int id ? System.Text.Encoding.Latin1.GetString(corpus.Vocabulary.Words.Bytes(id)) : "\n";
    }
}
