using System.Text;
using Word2Vec.Corpora;

namespace Word2Vec.Tests.Corpora;

public sealed unsafe class WordScannerTests
{
    [Fact]
    public void Each_of_the_six_white_space_bytes_separates_and_no_other_does()
    {
        for (int b = 1; b < 256; b++)
        {
            bool separates = b is 9 or 10 or 11 or 12 or 13 or 32;
            // Long enough that the vectorised path sees it too.
            byte[] text = [.. Encoding.ASCII.GetBytes(new string('x', 70)), (byte)b, .. Encoding.ASCII.GetBytes(new string('y', 70))];
            var tokens = Corpus.Read(Corpus.Of(text), text: false).Where(token => token != "\n").ToList();
            Assert.Equal(separates ? 2 : 1, tokens.Count);
            Assert.Equal(separates ? 140 : 141, tokens.Sum(token => token.Length));
        }
    }

    [Fact]
    public void Vectorised_and_plain_scans_agree_from_every_start_and_at_every_length()
    {
        byte[] text = Corpus.RandomText(seed: 1, length: 300);
        fixed (byte* bytes = text)
        {
            for (int from = 0; from < 70; from++)
            {
                for (int end = from; end <= text.Length; end++)
                    Assert.Equal(Scan(bytes, from, end, plain: true), Scan(bytes, from, end, plain: false));
            }
        }
    }

    [Theory]
    [InlineData("x", 1000, "1000")]
    [InlineData("x", 1001, "1000,1")]
    [InlineData("x", 3000, "1000,1000,1000")]
    [InlineData("é", 501, "1000,2")]
    [InlineData("語", 400, "999,201")]
    [InlineData("😀", 251, "1000,4")]
    [InlineData("😀a", 300, "1000,500")]
    public void A_long_word_is_cut_at_1000_bytes_between_characters(string piece, int repetitions, string lengths)
    {
        string text = string.Concat(Enumerable.Repeat(piece, repetitions));
        var words = Corpus.Read(Corpus.Of("before " + text + " after"), text: false);
        Assert.Equal("before", words[0]);
        Assert.Equal(["after", "\n"], words[^2..]);
        Assert.Equal(lengths, string.Join(',', words[1..^2].Select(word => word.Length)));
        Assert.Equal(text, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(string.Concat(words[1..^2]))));
    }

    [Fact]
    public void A_long_word_of_continuation_bytes_is_cut_at_1000_bytes()
    {
        byte[] text = [.. Enumerable.Repeat((byte)0x80, 2500)];
        Assert.Equal([1000, 1000, 500, 1], Corpus.Read(Corpus.Of(text), text: false).Select(word => word.Length));
    }

    private static (string Tokens, int Start) Scan(byte* bytes, int from, int end, bool plain)
    {
        var tokens = new Token[2 * (end - from) + 2];
        int start = from;
        fixed (Token* first = tokens)
        {
            int count = plain
                ? WordScanner.ScanPlain(bytes, from, end, ref start, first, 0)
                : WordScanner.Scan(bytes, from, end, ref start, first, 0);
            return (string.Join(';', tokens.Take(count)), start);
        }
    }
}
