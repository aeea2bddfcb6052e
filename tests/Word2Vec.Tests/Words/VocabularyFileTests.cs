using System.Text;
using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

public sealed class VocabularyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Saves_a_line_with_word_and_count_for_each_word()
    {
        VocabularyFile.Save(new Vocabulary(WordIndex.From(["the", "größe", "語"]), [9_000_000_000, 12, 0]), _folder["vocabulary.txt"]);
        Assert.Equal("the 9000000000\ngröße 12\n語 0\n", File.ReadAllText(_folder["vocabulary.txt"]));
    }

    [Fact]
    public void Saves_the_same_bytes_to_a_stream_and_leaves_it_open()
    {
        using var stream = new MemoryStream();
        VocabularyFile.Save(new Vocabulary(WordIndex.From(["the", "größe"]), [12, 3]), stream);
        stream.WriteByte((byte)'!');
        Assert.Equal("the 12\ngröße 3\n!", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Reads_back_what_it_saved_bytes_that_are_no_UTF_8_included()
    {
        var words = new WordIndex.Builder();
        words.Add([0xFF, 0x80]);
        words.Add("two words"u8);
        words.Add("7"u8);
        VocabularyFile.Save(new Vocabulary(words.Build(), [3, 2, 1]), _folder["v"]);
        var read = VocabularyFile.Read(_folder["v"]);
        Assert.Equal([0xFF, 0x80], read.Words.Bytes(0).ToArray());
        Assert.Equal("two words", read.Words[1]);
        Assert.Equal("7", read.Words[2]);
        Assert.Equal([3, 2, 1], read.Counts.ToArray());
    }

    [Fact]
    public void Keeps_the_order_and_takes_tabs_carriage_returns_and_a_last_line_without_an_end()
    {
        var read = VocabularyFile.Read(_folder.Make("v", "</s> 0\r\nb\t1\r\na 5"));
        Assert.Equal(["</s>", "b", "a"], Enumerable.Range(0, 3).Select(id => read.Words[id]));
        Assert.Equal([0, 1, 5], read.Counts.ToArray());
    }

    [Theory]
    [InlineData("a 1\nb\n", "line 2 ")]
    [InlineData("a 1\n\nb 2\n", "line 2 ")]
    [InlineData("a 1\nb -2\n", "line 2 ")]
    [InlineData("a +1\n", "line 1 ")]
    [InlineData("a 1.5\n", "line 1 ")]
    [InlineData("a \n", "line 1 ")]
    [InlineData(" 5\n", "line 1 ")]
    [InlineData("a 99999999999999999999\n", "line 1 ")]
    [InlineData("a 9223372036854775807\nb 1\n", "line 2 ")]
    [InlineData("a 1\nb 1\na 1\n", "line 3 has the word \"a\" of line 1 again")]
    [InlineData("", "is empty")]
    public void A_damaged_file_is_a_format_error_that_names_the_line(string text, string part)
    {
        var error = Assert.Throws<Word2VecException>(() => VocabularyFile.Read(_folder.Make("v", text)));
        Assert.Equal(ErrorKind.Format, error.Kind);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_an_input_error() =>
        Assert.Equal(ErrorKind.Input, Assert.Throws<Word2VecException>(() => VocabularyFile.Read(_folder["none"])).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    public void A_word_that_the_format_cannot_hold_is_an_output_error_and_no_file_comes_to_be(string word)
    {
        var vocabulary = new Vocabulary(WordIndex.From(["ok", word]), [2, 1]);
        Assert.Equal(ErrorKind.Output, Assert.Throws<Word2VecException>(() => VocabularyFile.Save(vocabulary, _folder["v"])).Kind);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void An_index_finds_each_word_and_of_equal_words_the_first()
    {
        var words = WordIndex.From([.. Enumerable.Range(0, 5000).Select(i => $"w{i}"), "w7", ""]);
        for (int id = 0; id < 5000; id++)
        {
            Assert.True(words.TryGetId($"w{id}", out int found));
            Assert.Equal(id, found);
        }

        Assert.True(words.TryGetId("", out int empty));
        Assert.Equal(5001, empty);
        Assert.False(words.TryGetId("W7", out _));
        Assert.False(words.TryGetId(Encoding.UTF8.GetBytes("w5000"), out _));
    }
}
