using System.Buffers.Binary;
using Word2Vec.Formats;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

public class PgCopyTests : VectorFileTest
{
    private static readonly byte[] Header =
        [0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    // From the documentation of COPY: the letters, a backslash, and nothing else.
    [Fact]
    public void Text_has_the_escapes_that_postgresql_knows()
    {
        VectorFile.Save(Make(2, ["king", "a\tb\\c\nd\re\bf\fg\vh", "[é]"], 1.5f, -2, 0.25f, -0f, 1e-10f, 3e38f), PathOf("v.copy"));
        Assert.Equal(
            Bytes("1\tking\t[1.5,-2]\n", "2\ta\\tb\\\\c\\nd\\re\\bf\\fg\\vh\t[0.25,-0]\n", "3\t[é]\t[1E-10,3E+38]\n"),
            File.ReadAllBytes(PathOf("v.copy")));
    }

    [Theory]
    [InlineData("v.copy")]
    [InlineData("v.pgcopy")]
    public void Words_of_any_characters_come_back(string name)
    {
        WordVectors vectors = Make(
            1, ["a\tb\\c\nd\re\bf\fg\vh", "\\N", "\\.", "", " x ", "123", "[1]", "\\", "é\u00a0\U0001f600"], 1, 2, 3, 4, 5, 6, 7, 8, 9);
        VectorFile.Save(vectors, PathOf(name));
        using WordVectors read = VectorFile.Open(PathOf(name));
        AssertSame(vectors, read);
    }

    [Theory]
    [InlineData("king\t[1,2]\nqueen\t[3,4]\n")]
    [InlineData("1\tking\t[1,2]\n2\tqueen\t[3,4]")]
    [InlineData("1\tking\t[1,2]\r\n2\tqueen\t[3,4]\r\n\\.\r\n")]
    [InlineData("[1,2]\tking\n[3,4]\tqueen\n")]
    [InlineData("7\t[1,2]\tking\t2026\n8\t[3,4]\tqueen\t2026\n")]
    [InlineData("id\tword\tvector\n1\tking\t[1,2]\n2\tqueen\t[3,4]\n")]
    [InlineData("1\t\\153\\x69n\\g\t[1, 2]\n2\t\\161ueen\t[3e0,4.0]\n\\.\nrest\n")]
    [InlineData("\\N\tking\t[1,2]\n\\N\tqueen\t[3,4]\n\n")]
    public void Text_reads_whatever_the_columns(string text)
    {
        using WordVectors read = VectorFile.Open(Write("v.txt", text));
        AssertSame(Make(2, ["king", "queen"], 1, 2, 3, 4), read);
    }

    [Fact]
    public void Words_that_are_numbers_are_told_from_the_id()
    {
        using WordVectors read = VectorFile.Open(Write("v.copy", "1\t2024\t[1]\n2\t2025\t[2]\n"));
        AssertSame(Make(1, ["2024", "2025"], 1, 2), read);
    }

    [Theory]
    [InlineData("1\ta\t[1,2]\n2\tb\t[1,2,3]\n", "Line 2", "3 components", "2")]
    [InlineData("1\ta\t[1,2]\n2\tb\t[1,NaN]\n", "Line 2", "'NaN'", "component 2 of 2")]
    [InlineData("1\ta\t[1,2]\n2\tb\t[1,]\n", "Line 2", "component 2")]
    [InlineData("1\ta\t[1,2]\n2\t\\N\t[1,2]\n", "Line 2", "NULL")]
    [InlineData("1\ta\t[1,2]\n2\tb\t\\N\n", "Line 2", "'\\N'")]
    [InlineData("1\ta\t[1,2]\n2\t[1,2]\n", "Line 2", "2 fields", "3")]
    [InlineData("1\ta\t[1,2]\n\n2\tb\t[1,2]\n", "Line 2", "1 fields")]
    [InlineData("1\ta\t[1,2]\n2\tb\t[1,2", "Line 2", "'[1,2'")]
    public void A_line_that_cannot_be_read_is_named(string text, params string[] hints) =>
        AssertRefused(ErrorKind.Format, Write("v.copy", text), hints);

    [Fact]
    public void Binary_has_the_bytes_that_postgresql_documents()
    {
        VectorFile.Save(Make(2, ["king", "é"], 1.5f, -2, 0.25f, -0f), PathOf("v.pgcopy"));
        byte[] row1 =
        [
            0, 3, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4, .. "king"u8,
            0, 0, 0, 12, 0, 2, 0, 0, 0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0,
        ];
        byte[] row2 =
        [
            0, 3, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, .. "é"u8,
            0, 0, 0, 12, 0, 2, 0, 0, 0x3e, 0x80, 0, 0, 0x80, 0, 0, 0,
        ];
        Assert.Equal([.. Header, .. row1, .. row2, 0xff, 0xff], File.ReadAllBytes(PathOf("v.pgcopy")));
    }

    // A header extension, an id of four bytes, a NULL column, the vector in front of a word of eight bytes.
    [Fact]
    public void Binary_reads_whatever_the_columns()
    {
        byte[] header = [.. Header[..18], 3, 9, 9, 9];
        byte[] row =
        [
            0, 4, 0, 0, 0, 4, 0, 0, 0, 7, 0xff, 0xff, 0xff, 0xff,
            0, 0, 0, 8, 0, 1, 0, 0, 0x3f, 0xc0, 0, 0, 0, 0, 0, 8, .. "kingkong"u8,
        ];
        using WordVectors read = VectorFile.Open(Write("v", Bytes(header, row, new byte[] { 0xff, 0xff })));
        AssertSame(Make(1, ["kingkong"], 1.5f), read);
    }

    [Theory]
    [InlineData(11, 0x00010000u, "byte 11", "0x00010000", "OIDs")]
    [InlineData(15, 0x7fffffffu, "byte 15", "2147483647")]
    [InlineData(15, 0xffffffffu, "byte 15", "4294967295")]
    [InlineData(19, 0xfffe0000u, "byte 19", "-2 fields")]
    [InlineData(19, 0x7fff0000u, "bytes")]
    [InlineData(33, 0x7fffffffu, "byte 33", "field of 2147483647")]
    [InlineData(33, 0xfffffffeu, "byte 33", "field of -2")]
    [InlineData(45, 0x00030000u, "byte 25", "word and a vector")]
    [InlineData(49, 0x7fc00000u, "byte 45", "'king'", "not a number")]
    public void A_damaged_binary_names_the_byte(int at, uint value, params string[] hints)
    {
        VectorFile.Save(Make(2, ["king", "é"], 1.5f, -2, 0.25f, -0f), PathOf("v.pgcopy"));
        byte[] file = File.ReadAllBytes(PathOf("v.pgcopy"));
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), value);
        AssertRefused(ErrorKind.Format, Write("v.pgcopy", file), hints);
    }

    [Fact]
    public void A_binary_without_its_trailer_is_cut_short()
    {
        VectorFile.Save(Make(1, ["king"], 1), PathOf("v.pgcopy"));
        AssertRefused(ErrorKind.Format, Write("v.pgcopy", File.ReadAllBytes(PathOf("v.pgcopy"))[..^2]), "cut short");
    }

    [Theory]
    [InlineData("v.copy")]
    [InlineData("v.pgcopy")]
    public void What_postgresql_cannot_hold_is_refused(string name)
    {
        Assert.Contains("16000", Refusal(new WordVectors(WordIndex.From(["a"]), 16_001, new float[16_001])));
        Assert.Contains("zero", Refusal(Make(1, ["a\0b"], 1)));
        var words = new WordIndex.Builder();
        words.Add([0xff]);
        Assert.Contains("UTF-8", Refusal(new WordVectors(words.Build(), 1, [1])));
        VectorFile.Save(new WordVectors(WordIndex.From(["a"]), 16_000, new float[16_000]), PathOf(name));

        string Refusal(WordVectors vectors)
        {
            var error = Assert.Throws<Word2VecException>(() => VectorFile.Save(vectors, PathOf(name)));
            Assert.Equal(ErrorKind.Output, error.Kind);
            return error.Message;
        }
    }
}
