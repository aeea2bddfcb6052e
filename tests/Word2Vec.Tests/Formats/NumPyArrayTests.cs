using System.Text;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Formats;

public class NumPyArrayTests : VectorFileTest
{
    // What numpy.save writes for a 2 × 3 array: 79 characters of dictionary and room, then spaces up to a multiple of 64, and \n.
    private static readonly byte[] TwoByThree = Bytes(
        new byte[] { 0x93 }, "NUMPY", new byte[] { 1, 0, 0x76, 0 },
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }" + new string(' ', 58) + "\n", 1f, 2f, 3f, -4f, 0.5f, -0f);

    [Fact]
    public void The_bytes_are_those_that_numpy_writes_and_the_words_lie_beside()
    {
        VectorFile.Save(Make(3, ["king", "é"], 1, 2, 3, -4, 0.5f, -0f), PathOf("v.npy"));
        Assert.Equal(TwoByThree, File.ReadAllBytes(PathOf("v.npy")));
        Assert.Equal(128, TwoByThree.Length - 24);
        Assert.Equal("king\né\n", File.ReadAllText(PathOf("v.words.txt")));
    }

    [Theory]
    [InlineData("v.npy", "v.words.txt")]
    [InlineData("v.NPY", "v.words.txt")]
    [InlineData("v.npy.gz", "v.words.txt")]
    [InlineData("v.100d", "v.100d.words.txt")]
    public void The_words_file_has_the_name_of_the_array(string name, string words)
    {
        WordVectors vectors = Make(2, ["a", "b"], 1, 2, 3, 4);
        VectorFile.Save(vectors, PathOf(name), VectorFormat.NumPy);
        Assert.Equal(new[] { name, words }.Order(), FileNames());
        using WordVectors read = VectorFile.Open(PathOf(name));
        AssertSame(vectors, read);
    }

    [Theory]
    [InlineData("<f4", 1)]
    [InlineData("=f4", 1)]
    [InlineData(">f4", 1)]
    [InlineData("<f2", 1)]
    [InlineData(">f2", 2)]
    [InlineData("<f8", 3)]
    [InlineData(">f8", 1)]
    public void All_floats_in_all_orders_are_read(string type, int version)
    {
        float[] rows = [1, -2.5f, 0.25f, 3, 100, -0.125f];
        foreach (bool isByColumn in new[] { false, true })
        {
            float[] stored = isByColumn ? [1, 3, -2.5f, 100, 0.25f, -0.125f] : rows;
            byte[] numbers = [.. stored.SelectMany(value => Number(value, type))];
            Write("v.npy", Header($"{{'descr': '{type}', 'fortran_order': {isByColumn}, 'shape': (2, 3), }}\n", version), numbers);
            Write("v.words.txt", "a\nb\n");
            using WordVectors read = VectorFile.Open(PathOf("v.npy"));
            AssertSame(Make(3, ["a", "b"], rows), read);
        }
    }

    [Fact]
    public void Halves_are_the_nearest_and_what_they_cannot_hold_is_refused()
    {
        var half = new VectorWriteOptions { Precision = VectorPrecision.Half };
        VectorFile.Save(Make(2, ["a"], 0.1f, -65504), PathOf("v.npy"), half);
        using (WordVectors read = VectorFile.Open(PathOf("v.npy")))
            Assert.Equal([(float)(Half)0.1f, -65504f], read.CopyRow(0));
        Assert.Equal(128 + 4, new FileInfo(PathOf("v.npy")).Length);
        WordVectors big = Make(2, ["fine", "big"], 1, 2, 3, 65520);
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Save(big, PathOf("v.npy"), half));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Contains("'big' (number 2)", error.Message);
    }

    [Fact]
    public void A_vocabulary_with_counts_gives_words_and_counts()
    {
        Write("v.npy", TwoByThree);
        Write("v.vocab", "New York 17\nking 4\n");
        using (WordVectors read = VectorFile.Open(PathOf("v.npy")))
        {
            Assert.Equal(["New York", "king"], read.EnumerateWords());
            Assert.Equal([17L, 4], read.Counts);
        }

        Write("w", "\ufeffa\r\nroute 66\r\n\n");
        using (WordVectors read = VectorFile.Open(PathOf("v.npy"), new VectorReadOptions { WordsPath = PathOf("w") }))
        {
            Assert.Equal(["a", "route 66"], read.EnumerateWords());
            Assert.Null(read.Counts);
        }

        // Under this name only words are written, whatever they end with.
        Write("v.words.txt", "highway 61\nroute 66\n");
        using (WordVectors read = VectorFile.Open(PathOf("v.npy")))
            Assert.Equal(["highway 61", "route 66"], read.EnumerateWords());
    }

    [Theory]
    [InlineData("a\n", "1 lines")]
    [InlineData("a\nb\nc\n", "3 lines")]
    [InlineData("\n\n\na\n", "4 lines")]
    public void Words_that_are_not_as_many_as_rows_are_refused_with_both_files_named(string words, string lines)
    {
        Write("v.npy", TwoByThree);
        Write("v.words.txt", words);
        AssertRefused(ErrorKind.Format, PathOf("v.npy"), lines, "2 rows", PathOf("v.words.txt"), "--words");
    }

    [Fact]
    public void An_array_without_words_says_where_they_were_looked_for()
    {
        Write("v.npy", TwoByThree);
        AssertRefused(ErrorKind.Input, PathOf("v.npy"), PathOf("v.words.txt"), PathOf("v.vocab"), "--words");
        var missing = Assert.Throws<Word2VecException>(() =>
            VectorFile.Open(PathOf("v.npy"), new VectorReadOptions { WordsPath = PathOf("none") }));
        Assert.Contains("a word a line", missing.Message);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }", "of one dimension")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", "without dimensions")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }", "of 3 dimensions")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", "pickle")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }", "whole numbers")]
    [InlineData("{'descr': '<U7', 'fortran_order': False, 'shape': (2, 3), }", "text")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 3), }", "structured")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", "each once")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", "nothing behind them")]
    [InlineData("{'descr': '<f4', 'fortran_order': 1, 'shape': (2, 3), }", "True or False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'x': 1}", "each once")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } + 1", "byte 70")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, -3), }", "byte 64")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2 3), }", "',' or ')'")]
    [InlineData("{'descr': __import__('os'), 'fortran_order': False, 'shape': (2, 3), }", "byte 20")]
    [InlineData("{'descr': '<f4", "byte 20")]
    [InlineData("", "byte 10")]
    public void A_header_that_is_none_of_vectors_is_refused_with_the_reason(string dictionary, string hint) =>
        AssertRefused(ErrorKind.Format, Write("v.npy", Header(dictionary, 1), new byte[24]), hint);

    [Fact]
    public void Numbers_that_cannot_be_are_refused_before_anything_is_allocated()
    {
        ulong[] numbers = [0, 1, int.MaxValue, 1ul << 31, 1ul << 32, 1ul << 40, long.MaxValue, 1ul << 63];
        Write("v.words.txt", "a\n");
        foreach (ulong rows in numbers)
        {
            foreach (ulong columns in numbers.Where(columns => (rows, columns) is not (1, 1)))
            {
                string path = Write("v.npy", Header($"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), " +
                    "}}", 1), new byte[8]);
                long before = GC.GetAllocatedBytesForCurrentThread();
                AssertRefused(ErrorKind.Format, path);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 4, 0 }, "version 4.0")]
    [InlineData(new byte[] { 1, 1 }, "version 1.1")]
    [InlineData(new byte[] { 1, 0, 255 }, "in its header's length")]
    [InlineData(new byte[] { 1, 0, 255, 255, 1 }, "65535 bytes")]
    [InlineData(new byte[] { 2, 0, 255, 255, 255, 255, 1 }, "4294967295 bytes")]
    public void A_mark_that_is_cut_or_new_is_refused(byte[] rest, string hint) =>
        AssertRefused(ErrorKind.Format, Write("v.npy", new byte[] { 0x93 }, "NUMPY", rest), hint);

    [Fact]
    public void What_stands_behind_the_array_and_what_is_not_finite_is_named_by_its_byte()
    {
        Write("v.words.txt", "a\nb\n");
        AssertRefused(ErrorKind.Format, Write("v.npy", TwoByThree, "x"), "1 bytes behind", "byte 152");
        AssertRefused(ErrorKind.Format, Write("v.npy", TwoByThree[..^4], float.NaN), "byte 148", "row 2, 'b'");
        string large = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }";
        AssertRefused(ErrorKind.Format, Write("v.npy", Header(large, 1), BitConverter.GetBytes(1d), BitConverter.GetBytes(1e39)), "too " +
            "large");
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r")]
    [InlineData("\ufeffa")]
    public void A_word_that_could_not_be_read_back_is_refused_and_nothing_is_written(string word)
    {
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Save(Make(1, [word], 1), PathOf("v.npy")));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Empty(FileNames());
    }

    private static byte[] Header(string dictionary, int version) => Bytes(
        new byte[] { 0x93 }, "NUMPY", new byte[] { (byte)version, 0 },
        version == 1 ? BitConverter.GetBytes((ushort)dictionary.Length) : BitConverter.GetBytes(dictionary.Length),
        Encoding.ASCII.GetBytes(dictionary));

    private static byte[] Number(float value, string type)
    {
        byte[] bytes = type[^1] switch
        {
            '2' => BitConverter.GetBytes((Half)value),
            '4' => BitConverter.GetBytes(value),
            _ => BitConverter.GetBytes((double)value),
        };
        return type[0] == '>' ? [.. bytes.Reverse()] : bytes;
    }
}
