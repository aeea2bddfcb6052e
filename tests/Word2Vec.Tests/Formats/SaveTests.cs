using System.IO.Compression;
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
    public void An_empty_vocabulary_is_refused()
    {
        Assert.Throws<Word2VecException>(() => VectorFile.Save(new WordVectors(new WordIndex.Builder().Build(), 3, []), PathOf("v.bin")));
        Assert.Empty(FileNames());
    }

    [Theory]
    [InlineData("v.bin.gz", VectorFormat.Word2VecBinary)]
    [InlineData("v.txt.GZ", VectorFormat.Word2VecText)]
    [InlineData("v.glove.gz", VectorFormat.GloVe)]
    public void A_compressed_name_is_compressed(string name, VectorFormat format)
    {
        var vectors = Make(2, ["king", "é"], 1.5f, -2, 0.25f, -0f);
        VectorFile.Save(vectors, PathOf(name));
        VectorFile.Save(vectors, PathOf("plain"), format);
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(File.OpenRead(PathOf(name)), CompressionMode.Decompress))
            gzip.CopyTo(unpacked);
        Assert.Equal(File.ReadAllBytes(PathOf("plain")), unpacked.ToArray());
        using var read = VectorFile.Open(PathOf(name));
        AssertSame(vectors, read);
    }

    [Fact]
    public void Vectors_go_through_a_pipe()
    {
        var vectors = MakeRandom(20, 5, 8);
        using var pipe = new MemoryStream();
        VectorFile.Save(vectors, pipe);
        Assert.True(pipe.CanWrite);
        pipe.Position = 0;
        using var read = VectorFile.Open(pipe);
        AssertSame(vectors, read);
    }

    [Fact]
    public void A_precision_that_the_format_does_not_know_is_refused()
    {
        var options = new VectorWriteOptions { Precision = VectorPrecision.Half };
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Save(Make(1, ["a"], 1), PathOf("v.txt"), options));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Empty(FileNames());
    }

    [Theory]
    [InlineData(VectorFormat.Word2VecBinary)]
    [InlineData(VectorFormat.Word2VecText)]
    [InlineData(VectorFormat.GloVe)]
    public void The_first_words_can_be_read_alone(VectorFormat format)
    {
        VectorFile.Save(Make(2, ["a", "b", "c"], 1, 2, 3, 4, 5, 6), PathOf("v"), format);
        using var read = VectorFile.Open(PathOf("v"), new VectorReadOptions { Limit = 2 });
        AssertSame(Make(2, ["a", "b"], 1, 2, 3, 4), read);
        using var all = VectorFile.Open(PathOf("v"), new VectorReadOptions { Limit = 9, Format = format });
        Assert.Equal(3, all.Count);
    }
}
