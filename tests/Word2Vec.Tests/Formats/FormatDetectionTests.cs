using Word2Vec.Formats;

namespace Word2Vec.Tests.Formats;

public class FormatDetectionTests : VectorFileTest
{
    [Theory]
    [InlineData("v.txt", VectorFormat.Word2VecText)]
    [InlineData("v.VEC", VectorFormat.Word2VecText)]
    [InlineData("v.bin", VectorFormat.Word2VecBinary)]
    [InlineData("v.txt.gz", VectorFormat.Word2VecText)]
    [InlineData("v.glove", VectorFormat.GloVe)]
    [InlineData("v.npy", VectorFormat.NumPy)]
    [InlineData("v.faiss", VectorFormat.Faiss)]
    [InlineData("v.safetensors", VectorFormat.Safetensors)]
    [InlineData("v.ftbin", VectorFormat.FastText)]
    [InlineData("v.tsv", VectorFormat.Projector)]
    [InlineData("txt", VectorFormat.Word2VecBinary)]
    [InlineData("folder.txt/v", VectorFormat.Word2VecBinary)]
    public void The_name_says_the_format_to_write(string name, VectorFormat format) => Assert.Equal(format, VectorFile.FormatOf(name));

    [Fact]
    public void The_content_says_the_format_to_read_whatever_the_name()
    {
        var vectors = MakeRandom(20, 5, 1);
        VectorFile.Save(vectors, PathOf("a.bin"), VectorFormat.Word2VecText);
        VectorFile.Save(vectors, PathOf("b.txt"), VectorFormat.Word2VecBinary);
        using var a = VectorFile.Open(PathOf("a.bin"));
        using var b = VectorFile.Open(PathOf("b.txt"));
        Assert.Equal((false, true), (a.OwnsRows, b.OwnsRows));
        AssertSame(vectors, a);
        AssertSame(vectors, b);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_named()
    {
        AssertRefused(ErrorKind.Input, PathOf("none.bin"), "There is no file");
        AssertRefused(ErrorKind.Input, PathOf("none/none.bin"), "There is no file");
        AssertRefused(ErrorKind.Input, Path.GetDirectoryName(PathOf("x"))!, "is a folder");
    }

    [Fact]
    public void An_empty_file_is_refused() => AssertRefused(ErrorKind.Format, Write("v.bin"), "is empty");

    public static TheoryData<byte[], string> ForeignFiles => new()
    {
        { Bytes("<!DOCTYPE html><html></html>"), "web page" },
        { Bytes("\ufeff\n  <HTML><body>Sign in</body>"), "web page" },
        { [.. BitConverter.GetBytes(793712314), 12, 0, 0, 0], "fastText model" },
        { [0x93, .. "NUMPY"u8, 1, 0], "NumPy" },
        { [0x80, 0x04, 0x95, 1, 2, 3], "pickle" },
        { [.. "PK"u8, 3, 4, 20, 0], "zip" },
        { [.. "PK"u8, 3, 4, .. new byte[22], 11, 0, 0, 0, .. "vectors.npy"u8, 1, 2], ".npz" },
        { [.. "PK"u8, 3, 4, .. new byte[22], 16, 0, 0, 0, .. "archive/data.pkl"u8, 1, 2], "PyTorch" },
        { [.. new byte[257], .. "ustar"u8, 0], "tar" },
        { [0x89, .. "HDF\r\n"u8, 0x1a, 10], "HDF5" },
        { [0x28, 0xb5, 0x2f, 0xfd, 1], "zstd" },
        { [0xff, 0xfe, (byte)'1', 0], "UTF-16" },
        { [1, 2, 3, 0, 0xff, 0xd8], "no file of vectors" },
        { Bytes(new string('x', 1000)), "no file of vectors" },
        { Bytes("3 100"), "100 components" },
        { Bytes("\n\n\n"), "no file of vectors" },
    };

    [Theory]
    [MemberData(nameof(ForeignFiles))]
    public void A_foreign_file_is_called_by_its_name(byte[] content, string hint) =>
        AssertRefused(ErrorKind.Format, Write("v.bin", content), hint);

    [Theory]
    [InlineData("0 100\n")]
    [InlineData("100 0\n")]
    [InlineData("-3 100\n")]
    [InlineData("3 -100\n")]
    [InlineData("99999999999999999999999 100\n")]
    [InlineData("3 99999999999999999999999\n")]
    [InlineData("9223372036854775807 9223372036854775807\n")]
    [InlineData("4294967297 4294967296\n")]
    [InlineData("1 2147483647\n")]
    [InlineData("3 100\n")]
    public void A_header_that_cannot_be_is_refused(string header)
    {
        AssertRefused(ErrorKind.Format, Write("v.bin", header));
        AssertRefused(ErrorKind.Format, Write("v.bin", header, "a ", 1f, 2f));
        AssertRefused(ErrorKind.Format, Write("v.txt", header, "a 1 2\n"));
    }
}
