using System.Text;
using Word2Vec.Corpora;

namespace Word2Vec.Tests.Corpora;

public sealed class StringTokensTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_string_has_the_words_of_the_same_text_in_a_file_at_every_block_size(bool asText)
    {
        // Blocks of a string hold whole characters only, so that only what is UTF-8 can be compared.
        string text = Encoding.UTF8.GetString(Corpus.RandomText(seed: 5, length: 30_000));
        List<string> expected = Corpus.Read(Corpus.Of(text), asText);
        foreach (int blockSize in new[] { 4, 5, 6, 7, 31, 64, 100, 1000, 4096, 1 << 20 })
            Assert.True(expected.SequenceEqual([.. Read(text, asText, blockSize), "\n"]), $"block size {blockSize}");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("語", "語")]
    [InlineData("rock'n'roll\r\nis-here", "rock'n'roll / is-here")]
    public void Short_strings_are_read_too(string text, string words) => Assert.Equal(words, Words(text));

    [Fact]
    public void Half_a_surrogate_pair_counts_as_the_character_that_replaces_it()
    {
        Assert.Equal("x\uFFFD", Words("x\ud83d"));
        Assert.Equal("\uFFFD y", Words("\ude00 y"));
        Assert.Equal("\uFFFD\uD83D\uDE00", Words("\ud83d\ud83d\ude00"));
    }

    private static string Words(string text) => string.Join(
        ' ', Read(text, asText: false, 4096).Select(word => word == "\n" ? "/" : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(word))));

    private static List<string> Read(string text, bool asText, int blockSize)
    {
        using var tokens = new StringTokens(text, asText ? new TextNormalizer() : null, blockSize);
        var result = new List<string>();
        while (tokens.Read())
        {
            foreach (Token token in tokens.Tokens)
                result.Add(token.Length == 0 ? "\n" : Encoding.Latin1.GetString(tokens.Bytes(token)));
        }

        return result;
    }
}
