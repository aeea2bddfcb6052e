using Word2Vec.Formats;
using Word2Vec.Words;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Formats;

public class SaveTests : VectorFileTest
{
    [Theory]
    [InlineData("v.bin")]
    [InlineData("v.txt")]
    public void Vectors_may_be_saved_over_the_file_they_are_mapped_from(string name)
    {
        var vectors = MakeRandom(50, 9, 3);
        VectorFile.Save(vectors, PathOf(name), VectorFormat.Word2VecBinary);
        using (var mapped = VectorFile.Open(PathOf(name)))
        {
            VectorFile.Save(mapped, PathOf(name));
            AssertSame(vectors, mapped);
        }

        using var read = VectorFile.Open(PathOf(name));
        AssertSame(vectors, read);
        Assert.Equal([name], FileNames());
    }

    [Theory]
    [InlineData("New York", "v.txt")]
    [InlineData("New York", "v.bin")]
    [InlineData("\nx", "v.bin")]
    [InlineData("a\nb", "v.txt")]
    public void A_word_that_could_not_be_read_back_is_refused_and_the_old_file_stays(string word, string name)
    {
        Write(name, "old");
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Save(Make(1, ["fine", word], 1, 2), PathOf(name)));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Contains("number 2", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal("old", File.ReadAllText(PathOf(name)));
        Assert.Equal([name], FileNames());
    }

    [Theory]
    [InlineData("v.txt")]
    [InlineData("v.bin")]
    public void A_vector_that_is_not_finite_is_refused(string name)
    {
        Write(name, "old");
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Save(Make(2, ["a"], 1, float.NaN), PathOf(name)));
        Assert.Contains("'a'", error.Message);
        Assert.Equal("old", File.ReadAllText(PathOf(name)));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_output_error()
    {
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Save(Make(1, ["a"], 1), PathOf("none/v.bin")));
        Assert.Equal(ErrorKind.Output, error.Kind);
    }

    [Fact]
    public void A_compressed_name_and_an_empty_vocabulary_are_refused()
    {
        Assert.Contains(".gz", Assert.Throws<Word2VecException>(() => VectorFile.Save(Make(1, ["a"], 1), PathOf("v.txt.gz"))).Message);
        Assert.Throws<Word2VecException>(() => VectorFile.Save(new WordVectors(new WordIndex.Builder().Build(), 3, []), PathOf("v.bin")));
        Assert.Empty(FileNames());
    }
}
