using System.Text;
using Word2Vec.Formats;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

public class ProjectorTablesTests : VectorFileTest
{
    [Fact]
    public void The_tables_and_the_configuration_are_those_that_the_projector_reads()
    {
        VectorFile.Save(Make(2, ["king", "New York"], 1, -0.5f, 1e-8f, 3), PathOf("v.tsv"));
        Assert.Equal(["projector_config.pbtxt", "v.metadata.tsv", "v.tsv"], FileNames());
        Assert.Equal("1\t-0.5\n1E-08\t3\n", File.ReadAllText(PathOf("v.tsv")));
        Assert.Equal("king\nNew York\n", File.ReadAllText(PathOf("v.metadata.tsv")));
        Assert.Equal("embeddings {\n  tensor_name: \"v\"\n  tensor_path: \"v.tsv\"\n  metadata_path: \"v.metadata.tsv\"\n}\n",
            File.ReadAllText(PathOf("projector_config.pbtxt")));
    }

    [Fact]
    public void With_counts_there_are_two_columns_and_so_a_line_of_names()
    {
        WordVectors vectors = new(WordIndex.From(["a", "b"]), 2, [1, 2, 3, 4]) { Counts = [17, 4] };
        VectorFile.Save(vectors, PathOf("v.tsv"));
        Assert.Equal("word\tcount\na\t17\nb\t4\n", File.ReadAllText(PathOf("v.metadata.tsv")));
        using WordVectors read = VectorFile.Open(PathOf("v.tsv"));
        AssertSame(vectors, read);
        Assert.Equal(vectors.Counts, read.Counts);
    }

    [Fact]
    public void The_configuration_keeps_the_tables_of_others()
    {
        Write("projector_config.pbtxt", "embeddings { tensor_path: \"other.tsv\" }");
        VectorFile.Save(Make(2, ["a"], 1, 2), PathOf("v.tsv"));
        VectorFile.Save(Make(2, ["a"], 1, 2), PathOf("w.tsv"));
        VectorFile.Save(Make(2, ["a"], 1, 2), PathOf("v.tsv"));
        string[] paths = [.. File.ReadAllLines(PathOf("projector_config.pbtxt")).Where(line => line.Contains("tensor_path"))];
        Assert.Equal(["embeddings { tensor_path: \"other.tsv\" }", "  tensor_path: \"v.tsv\"", "  tensor_path: \"w.tsv\""], paths);
    }

    [Fact]
    public void The_configuration_keeps_bytes_that_are_no_text()
    {
        byte[] others = [.. "embeddings { tensor_path: \""u8, 0xff, 0xc3, 0x28, .. "\" }"u8];
        Write("projector_config.pbtxt", others);
        VectorFile.Save(Make(2, ["a"], 1, 2), PathOf("v.tsv"));
        byte[] configuration = File.ReadAllBytes(PathOf("projector_config.pbtxt"));
        Assert.Equal(others, configuration[..others.Length]);
        Assert.Equal("\nembeddings {\n", Encoding.UTF8.GetString(configuration.AsSpan(others.Length, 14)));
    }

    [Theory]
    [InlineData("a\tb", @"a\tb")]
    [InlineData("a\nb\rc", @"a\nb\rc")]
    [InlineData(@"C:\temp", @"C:\\temp")]
    [InlineData(@"\x\", @"\x\")]
    [InlineData(@"\\", @"\\\")]
    [InlineData("\\\t", @"\\\t")]
    [InlineData(@"\n", @"\\n")]
    public void Words_with_tabs_and_line_ends_are_escaped_and_come_back(string word, string written)
    {
        WordVectors vectors = Make(2, [word, "x"], 1, 2, 3, 4);
        VectorFile.Save(vectors, PathOf("v.tsv"));
        Assert.Equal(written + "\nx\n", File.ReadAllText(PathOf("v.metadata.tsv")));
        using WordVectors read = VectorFile.Open(PathOf("v.tsv"));
        AssertSame(vectors, read);
    }

    [Theory]
    [InlineData("vectors.tsv", "metadata.tsv", "the\nof\n")]
    [InlineData("tensors.tsv", "metadata.tsv", "the\r\nof\r\n")]
    [InlineData("x.tsv", "x_metadata.tsv", "the\tthird\nof\tcolumn\n")]
    [InlineData("x.tsv", "x.metadata.tsv", "id\tWord\n1\tthe\n2\tof\n\n")]
    [InlineData("x.tsv", "metadata.tsv", "Name\nthe\nof")]
    public void Tables_of_other_tools_are_read_with_names_of_columns_or_without(string name, string metadata, string words)
    {
        Write(name, "1\t2\n3\t4\n");
        Write(metadata, words);
        using WordVectors read = VectorFile.Open(PathOf(name));
        AssertSame(Make(2, ["the", "of"], 1, 2, 3, 4), read);
    }

    [Fact]
    public void Integers_between_tabs_are_a_table_and_not_the_first_line_of_word2vec_text()
    {
        VectorFile.Save(Make(2, ["a", "b"], 1, 2, 3, 4), PathOf("v.tsv"));
        using WordVectors read = VectorFile.Open(PathOf("v.tsv"));
        Assert.Equal(2, read.Count);
        using WordVectors text = VectorFile.Open(Write("t", "1\t2\na 3 4\n"));
        AssertSame(Make(2, ["a"], 3, 4), text);
    }

    [Fact]
    public void Vectors_of_one_component_are_known_by_the_files_name()
    {
        WordVectors vectors = Make(1, ["a", "b"], 1, 2);
        VectorFile.Save(vectors, PathOf("v.tsv"));
        using WordVectors read = VectorFile.Open(PathOf("v.tsv"));
        AssertSame(vectors, read);
    }

    [Theory]
    [InlineData("1\t2\n3\t4\t5\n", "3 fields in line 2", "'b'")]
    [InlineData("1\t2\n3\tx\n", "'x' as component 2 of 2 in line 2", "'b'")]
    [InlineData("1\t2\n3\tnan\n", "'nan' as component 2", "finite")]
    [InlineData("1\t2\n333\n", "1 fields in line 2", "'b'")]
    [InlineData("1\t2\n3\t\n", "'' as component 2", "'b'")]
    [InlineData("1\t2\t3\t4\t5\n\n\n\n\n\n\n\n2\n", "19 bytes", "shorter")]
    public void Damage_is_named_by_its_line(string table, params string[] hints)
    {
        Write("v.metadata.tsv", "a\nb\n");
        Write("v.tsv", table);
        var options = new VectorReadOptions { Format = VectorFormat.Projector };
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Open(PathOf("v.tsv"), options));
        Assert.Equal(ErrorKind.Format, error.Kind);
        Assert.All(hints, hint => Assert.Contains(hint, error.Message));
    }

    [Theory]
    [InlineData("a\n")]
    [InlineData("a\nb\nc\nd\n")]
    public void Words_that_are_not_as_many_as_rows_are_refused_with_both_files_named(string words)
    {
        Write("v.tsv", "1\t2\n3\t4\n");
        AssertRefused(ErrorKind.Input, PathOf("v.tsv"), "metadata.tsv");
        Write("v.metadata.tsv", words);
        AssertRefused(ErrorKind.Format, PathOf("v.tsv"), "2 rows", PathOf("v.metadata.tsv"), "--words");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_blank_word_is_refused(string word)
    {
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Save(Make(2, ["a", word], 1, 2, 3, 4), PathOf("v.tsv")));
        Assert.Contains("number 2", error.Message);
        Assert.Empty(FileNames());
    }
}
