using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Formats;

/// <summary>The text of words beside formats without words, where two files of vectors stand beside it.</summary>
public class WordsFileTests : VectorFileTest
{
    private static readonly WordVectors Three = Make(2, ["a", "b", "c"], 1, 2, 3, 4, 5, 6);
    private static readonly WordVectors Two = Make(2, ["a", "b"], 1, 2, 3, 4);

    [Fact]
    public void Files_of_the_same_words_share_their_text()
    {
        VectorFile.Save(Three, PathOf("v.npy"));
        VectorFile.Save(Three, PathOf("v.faiss"));
        Assert.Equal(["v.faiss", "v.npy", "v.words.txt"], FileNames());
        AssertOpens(Three, "v.npy");
        AssertOpens(Three, "v.faiss");
    }

    [Theory]
    [InlineData("v.npy", "v.faiss")]
    [InlineData("v.faiss", "v.npy")]
    [InlineData("v.npy.gz", "v.npy")]
    public void Other_words_do_not_overwrite_those_of_another_file(string first, string second)
    {
        VectorFile.Save(Three, PathOf(first));
        VectorFile.Save(Two, PathOf(second));
        Assert.Equal(new[] { first, second, second + ".words.txt", "v.words.txt" }.Order(), FileNames());
        AssertOpens(Three, first);
        AssertOpens(Two, second);
        // And once more, when the text of its own is there.
        VectorFile.Save(Make(2, ["x", "y"], 1, 2, 3, 4), PathOf(second));
        AssertOpens(Three, first);
        AssertOpens(Make(2, ["x", "y"], 1, 2, 3, 4), second);
        // The first one is the only one that uses the shared text.
        VectorFile.Save(Two, PathOf(first));
        Assert.Equal("a\nb\n", File.ReadAllText(PathOf("v.words.txt")));
        AssertOpens(Two, first);
    }

    [Fact]
    public void A_file_may_be_saved_over_itself_with_other_words_and_where_its_words_were_deleted()
    {
        VectorFile.Save(Three, PathOf("v.npy"));
        VectorFile.Save(Two, PathOf("v.npy"));
        Assert.Equal(["v.npy", "v.words.txt"], FileNames());
        AssertOpens(Two, "v.npy");
        File.Delete(PathOf("v.words.txt"));
        VectorFile.Save(Three, PathOf("v.npy"));
        AssertOpens(Three, "v.npy");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb\nc\nd\n")]
    [InlineData("a\nb\n")]
    [InlineData("a\nB\nc\n")]
    public void A_text_that_is_not_quite_the_same_is_left_alone(string words)
    {
        Write("v.npy", "somebody's array");
        Write("v.words.txt", words);
        VectorFile.Save(Three, PathOf("v.faiss"));
        Assert.Equal(words, File.ReadAllText(PathOf("v.words.txt")));
        AssertOpens(Three, "v.faiss");
    }

    private void AssertOpens(WordVectors expected, string name)
    {
        using WordVectors read = VectorFile.Open(PathOf(name));
        AssertSame(expected, read);
    }
}
