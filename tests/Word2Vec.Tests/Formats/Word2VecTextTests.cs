using System.IO.Compression;
using System.Text;
using Word2Vec.Formats;

namespace Word2Vec.Tests.Formats;

public class Word2VecTextTests : VectorFileTest
{
    [Fact]
    public void Writes_the_shortest_digits_that_read_back()
    {
        VectorFile.Save(Make(3, ["a", "é"], 0.1f, -1e-8f, -0f, 1, float.Epsilon, float.MaxValue), PathOf("v.txt"));
        Assert.Equal("2 3\na 0.1 -1E-08 -0\né 1 1E-45 3.4028235E+38\n", File.ReadAllText(PathOf("v.txt")));
    }

    [Theory]
    [InlineData("2 2\n</s> 0.500000 -1.250000 \na 0.000000 2 \n")]
    [InlineData("2 2\r\n</s> 0.5 -1.25\r\na 0 2\r\n")]
    [InlineData("2 2\n</s> 5e-1 -1.25\na 0 2")]
    [InlineData("\ufeff2 2\n</s> .5 -1.25\na 0 2\n\n \n")]
    public void Reads_what_others_write(string text)
    {
        using var vectors = VectorFile.Open(Write("v.vec", text));
        AssertSame(Make(2, ["</s>", "a"], 0.5f, -1.25f, 0, 2), vectors);
    }

    [Fact]
    public void Only_the_space_separates()
    {
        using var vectors = VectorFile.Open(Write("v.txt", "2 1\n\u00a0\ta\u3000 1\nb 2\n"));
        Assert.Equal("\u00a0\ta\u3000", vectors.Words[0]);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(7, 3)]
    [InlineData(300, 17)]
    [InlineData(4, 9000)]
    public void Any_words_and_any_finite_floats_come_back(int count, int size)
    {
        var vectors = MakeRandom(count, size, count + size);
        VectorFile.Save(vectors, PathOf("v.txt"));
        using var read = VectorFile.Open(PathOf("v.txt"));
        AssertSame(vectors, read);
    }

    [Theory]
    [InlineData("2 2\na 1 2\nb 3 nan\n", "line 3", "'nan' as component 2 of 2")]
    [InlineData("2 2\na 1 inf\nb 3 4\n", "line 2", "'inf'")]
    [InlineData("2 2\na 1 2\nb 1e400 4\n", "line 3", "'1e400' as component 1 of 2")]
    [InlineData("2 2\na 1,5 2,5\nb 3 4\n", "line 2", "'1,5'")]
    [InlineData("2 2\na 1 2\nb 3\n", "line 3", "1 fields behind the word 'b'; 2 numbers")]
    [InlineData("2 2\na 1 2\n\nb 3 4\n", "line 3", "0 fields")]
    [InlineData("3 2\na 1 2\nbb 3.25 4\n", "behind line 3 with 2 words", "3 were expected")]
    [InlineData("1 2\na 1 2\nb 3 4\n", "line 3", "behind the 1 words")]
    [InlineData("900 2\na 1 2\nb 3 4\n", "900 words of 2", "cut short")]
    public void A_damaged_text_is_refused_with_the_line(string text, params string[] hints) =>
        AssertRefused(ErrorKind.Format, Write("v.txt", text), hints);

    [Theory]
    [InlineData(". . . 1 2 3\nthe 4 5 6\n", ". . .")]
    [InlineData("at name@domain.com 1 2 3\nthe 4 5 6\n", "at name@domain.com")]
    [InlineData("area 51 1 2 3\nthe 4 5 6\n", "area 51")]
    [InlineData("<unk> 1 2 3 \r\nthe 4 5 6\r\n", "<unk>")]
    [InlineData("2 1 2 3\nthe 4 5 6", "2")]
    public void GloVe_is_read_without_a_header_and_with_spaces_in_words(string text, string first)
    {
        using var vectors = VectorFile.Open(Write("glove.txt", text));
        AssertSame(Make(3, [first, "the"], 1, 2, 3, 4, 5, 6), vectors);
    }

    [Theory]
    [InlineData("the 1 2 3\nof 4 5 6\nto 7 8\n", "line 3")]
    [InlineData("the 1 2 3\nof 4 5 6\nto 7 8 x\n", "'x' as component 3 of 3")]
    [InlineData("the 1061396\nof 593677\n", "as in a vocabulary")]
    [InlineData("It was a dark and stormy night.\n", "no file of vectors")]
    public void A_text_that_is_not_GloVe_is_refused(string text, string hint) =>
        AssertRefused(ErrorKind.Format, Write("v.txt", text), hint);

    [Fact]
    public void A_gzip_is_unpacked_on_the_way()
    {
        using (var gzip = new GZipStream(File.Create(PathOf("v.txt.gz")), CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes("1 2\na 1 2\n"));
        using var vectors = VectorFile.Open(PathOf("v.txt.gz"));
        Assert.Equal([1f, 2f], vectors["a"].ToArray());
    }

    [Fact]
    public void A_headerless_gzip_is_refused_wherever_it_is_cut()
    {
        // Without a count in the first line nothing but the gzip itself tells that words are missing.
        var lines = new StringBuilder();
        for (int i = 0; i < 300; i++)
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"word{i} {i * 7 % 13} {i * 5 % 11}\n");
        using (var gzip = new GZipStream(File.Create(PathOf("g.gz")), CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(lines.ToString()));
        byte[] whole = File.ReadAllBytes(PathOf("g.gz"));
        for (int cut = 20; cut < whole.Length; cut += 37)
        {
            File.WriteAllBytes(PathOf("g.gz"), whole[..cut]);
            AssertRefused(ErrorKind.Format, PathOf("g.gz"));
        }
    }

    [Fact]
    public void A_gzip_cut_short_is_refused()
    {
        using (var gzip = new GZipStream(File.Create(PathOf("v.gz")), CompressionLevel.Fastest))
            gzip.Write(Bytes("200 2\n", new byte[20_000]));
        File.WriteAllBytes(PathOf("v.gz"), File.ReadAllBytes(PathOf("v.gz"))[..30]);
        AssertRefused(ErrorKind.Format, PathOf("v.gz"));
    }
}
