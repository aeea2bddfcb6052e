using Word2Vec.Formats;

namespace Word2Vec.Tests.Formats;

public class Word2VecBinaryTests : VectorFileTest
{
    [Fact]
    public void Writes_the_bytes_that_word2vec_writes()
    {
        VectorFile.Save(Make(2, ["king", "é"], 1.5f, -2, 0.25f, -0f), PathOf("v.bin"));
        Assert.Equal(Bytes("2 2\n", "king ", 1.5f, -2f, "\n", "é ", 0.25f, -0f, "\n"), File.ReadAllBytes(PathOf("v.bin")));
    }

    [Theory]
    [InlineData("\n", "\n")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    public void Reads_records_with_and_without_a_newline_behind_them(string between, string last)
    {
        string path = Write("v.bin", "3 2\n", "</s> ", 1f, 2f, between, "a ", 3f, 4f, between, "b ", 5f, 6f, last);
        using var vectors = VectorFile.Open(path);
        AssertSame(Make(2, ["</s>", "a", "b"], 1, 2, 3, 4, 5, 6), vectors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public void A_vector_that_begins_with_the_byte_of_a_newline_is_not_stripped(string newline)
    {
        byte[] vector = [0x0a, 0x0a, 0x0a, 0x3f, 0x20, 0x0a, 0x20, 0x3e];
        using var vectors = VectorFile.Open(Write("v.bin", "2 2\n", "a ", vector, newline, "b ", vector, newline));
        Assert.Equal([BitConverter.ToSingle(vector, 0), BitConverter.ToSingle(vector, 4)], vectors["b"].ToArray());
    }

    [Fact]
    public void A_header_may_have_more_spaces_and_a_carriage_return()
    {
        using var vectors = VectorFile.Open(Write("v.bin", " 1   2 \r\n", "a ", 3f, 4f));
        Assert.Equal([3f, 4f], vectors["a"].ToArray());
    }

    [Fact]
    public void Words_are_kept_byte_for_byte()
    {
        byte[] cut = [0x61, 0xc3];
        using var vectors = VectorFile.Open(Write("v.bin", "2 1\n", cut, " ", 1f, "\n", "\u00a0x ", 2f, "\n"));
        Assert.Equal(cut, vectors.Words.Bytes(0).ToArray());
        Assert.True(vectors.Words.TryGetId("\u00a0x", out int id) && id == 1);
    }

    [Fact]
    public void Of_equal_words_the_first_is_found()
    {
        using var vectors = VectorFile.Open(Write("v.bin", "2 1\n", "a ", 1f, "a ", 2f));
        Assert.Equal(1, vectors["a"][0]);
        Assert.Equal(2, vectors[1][0]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(300, 17)]
    [InlineData(40, 257)]
    public void Any_words_and_any_finite_floats_come_back(int count, int size)
    {
        var vectors = MakeRandom(count, size, count + size);
        VectorFile.Save(vectors, PathOf("v.bin"));
        using var read = VectorFile.Open(PathOf("v.bin"));
        AssertSame(vectors, read);
    }

    [Fact]
    public void The_rows_stay_in_the_file()
    {
        using var vectors = VectorFile.Open(Write("v.bin", "1 1\n", "a ", 1f));
        Assert.True(vectors.OwnsRows);
        File.Delete(PathOf("v.bin"));
        Assert.Equal(1, vectors["a"][0]);
    }

    [Fact]
    public void A_file_cut_short_is_refused_before_memory_is_taken_for_it() =>
        AssertRefused(ErrorKind.Format, Write("v.bin", "2000000000 300\n", "a ", new byte[1200]), "2000000000 words of 300", "cut short");

    [Fact]
    public void A_file_cut_in_a_vector_names_the_word_and_the_byte() =>
        AssertRefused(
            ErrorKind.Format, Write("v.bin", "2 3\n", "a ", 1f, 2f, 3f, "longerword ", 1f),
            "word 2 of 2", "'longerword'", "behind byte 29");

    [Fact]
    public void A_file_that_ends_before_a_word_says_so() =>
        AssertRefused(ErrorKind.Format, Write("v.bin", "2 2\n", "averylongwordindeed ", 1f, 2f), "behind byte 32", "word 2 of 2");

    [Fact]
    public void Bytes_behind_the_last_word_are_refused() =>
        AssertRefused(ErrorKind.Format, Write("v.bin", "1 2\n", "a ", 1f, 2f, "\nb ", 3f, 4f), "10 bytes behind its last word");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_component_that_is_not_finite_is_refused(float value) =>
        AssertRefused(ErrorKind.Format, Write("v.bin", "2 2\n", "a ", 1f, 2f, "b ", 3f, value), "word 2", "'b'", "byte 16");
}
