using System.Text;
using Word2Vec.Formats;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

public class SafetensorsTests : VectorFileTest
{
    private const string Matrix = "\"m\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}";

    [Fact]
    public void The_bytes_are_those_of_the_format_and_everything_comes_back()
    {
        WordVectors vectors = new(WordIndex.From(["king", "é"]), 2, [1, 2, 3, -0f])
        {
            Counts = [17, 4],
            Metadata = new Dictionary<string, string> { ["window"] = "5", ["corpus"] = "a \"b\"\n" },
        };
        VectorFile.Save(vectors, PathOf("v.safetensors"));
        string json = """{"__metadata__":{"format":"pt","corpus":"a \"b\"\n","window":"5"},"""
            + "\"counts\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]},"
            + "\"vocab_offsets\":{\"dtype\":\"I64\",\"shape\":[3],\"data_offsets\":[16,40]},"
            + "\"vectors\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[40,56]},"
            + "\"vocab_utf8\":{\"dtype\":\"U8\",\"shape\":[6],\"data_offsets\":[56,62]}}";
        Assert.Equal(0, (json.Length + 2) % 8);
        Assert.Equal(
            Container(json + "  ", 17L, 4L, 0L, 4L, 6L, 1f, 2f, 3f, -0f, "kingé"),
            File.ReadAllBytes(PathOf("v.safetensors")));
        using WordVectors read = VectorFile.Open(PathOf("v.safetensors"));
        AssertSame(vectors, read);
        Assert.True(read.OwnsRows);
        Assert.Equal(vectors.Counts, read.Counts);
        Assert.Equal(vectors.Metadata.OrderBy(pair => pair.Key), read.Metadata.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void Words_of_any_bytes_come_back_and_half_the_precision_is_half_the_bytes()
    {
        WordVectors vectors = MakeRandom(50, 4, seed: 1);
        VectorFile.Save(vectors, PathOf("v.safetensors"));
        using (WordVectors read = VectorFile.Open(PathOf("v.safetensors")))
            AssertSame(vectors, read);
        vectors = MakePlain(50, 4, seed: 2);
        VectorFile.Save(vectors, PathOf("v.safetensors"), new VectorWriteOptions { Precision = VectorPrecision.Half });
        using WordVectors halves = VectorFile.Open(PathOf("v.safetensors"));
        Assert.All(Enumerable.Range(0, 50), id =>
            Assert.Equal(Array.ConvertAll(vectors.CopyRow(id), x => (float)(Half)x), halves.CopyRow(id)));
    }

    [Fact]
    public void The_only_matrix_of_another_tool_is_read_with_words_beside_it()
    {
        Write("v.safetensors", Container("{\"bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]},"
            + "\"weights\":{\"dtype\":\"BF16\",\"shape\":[2,1],\"data_offsets\":[0,4]}}", new byte[] { 0x80, 0x3f, 0x20, 0xc0 }, 7f, 8f));
        AssertRefused(ErrorKind.Input, PathOf("v.safetensors"), PathOf("v.words.txt"), "--words");
        Write("vocab.txt", "[CLS]\nthe\n");
        using WordVectors read = VectorFile.Open(PathOf("v.safetensors"), new VectorReadOptions { WordsPath = PathOf("vocab.txt") });
        AssertSame(Make(1, ["[CLS]", "the"], 1, -2.5f), read);
    }

    [Fact]
    public void Of_several_matrices_the_one_called_an_embedding_is_read_or_all_are_listed()
    {
        string Tensors(string name) => $"{{\"a.position_embeddings.weight\":{{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[0,8]}},"
            + $"\"a.{name}\":{{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[8,16]}}}}";
        Write("v.words.txt", "a\n");
        Write("v.safetensors", Container(Tensors("word_embeddings.weight"), 1d, 2d));
        using (WordVectors read = VectorFile.Open(PathOf("v.safetensors")))
            AssertSame(Make(1, ["a"], 2), read);
        Write("v.safetensors", Container(Tensors("dense.weight"), 1d, 2d));
        AssertRefused(ErrorKind.Format, PathOf("v.safetensors"), "2 matrices", "'a.position_embeddings.weight' F64 (1, 1), " +
            "'a.dense.weight' F64 (1, 1)");
        AssertRefused(ErrorKind.Format, Write("v.safetensors", Container("{}")), "0 matrices");
    }

    [Theory]
    [InlineData("{" + Matrix + "," + Matrix + "}", "'m' twice")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}," + Matrix + "}", "'a' twice in its metadata")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}," + Matrix + "}", "'__metadata__' twice")]
    [InlineData("{\"__metadata__\":{\"a\":1}," + Matrix + "}", "Number at byte 29")]
    [InlineData("{\"m\":{\"dtype\":\"F32\",\"shape\":[1,2]}}", "two data_offsets")]
    [InlineData("{\"m\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8],\"data_offsets\":[0,8]}}", "each once")]
    [InlineData("{\"m\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0]}}", "two data_offsets")]
    [InlineData("{\"m\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[8,0]}}", "8 to 0")]
    [InlineData("{\"m\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,9]}}", "0 to 9")]
    [InlineData("{\"m\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,8]}}", "does not fit")]
    [InlineData("{\"m\":{\"dtype\":\"F32\",\"shape\":[1,-2],\"data_offsets\":[0,8]}}", "whole number")]
    [InlineData("{\"m\":{\"dtype\":\"F32\",\"shape\":[1,1.5],\"data_offsets\":[0,8]}}", "whole number")]
    [InlineData("{\"m\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[4,8]}}", "byte")]
    [InlineData("{\"m\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}", "4 bytes behind its last tensor")]
    [InlineData("{\"m\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},"
        + "\"n\":{\"dtype\":\"U8\",\"shape\":[6],\"data_offsets\":[2,8]}}", "'n' at byte")]
    [InlineData("{" + Matrix, "damaged")]
    [InlineData("{" + Matrix + "}{}", "damaged")]
    [InlineData("{\"\\ud800\":1}", "damaged")]
    public void A_header_that_breaks_a_rule_is_refused_with_the_reason(string json, string hint)
    {
        Write("v.words.txt", "a\n");
        AssertRefused(ErrorKind.Format, Write("v.safetensors", Container(json, 1f, 2f)), hint);
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused_before_anything_is_allocated()
    {
        Int128[] numbers = [-1, 0, 1, int.MaxValue, 1L << 31, 1L << 32, 1L << 40, long.MaxValue, 1ul << 63];
        Write("v.words.txt", "a\n");
        foreach (Int128 rows in numbers)
        {
            foreach (Int128 columns in numbers.Where(columns => rows != 1 || columns != 1))
            {
                string shape = $"{{\"m\":{{\"dtype\":\"F64\",\"shape\":[{rows},{columns}],\"data_offsets\":[0,8]}}}}";
                string path = Write("v.safetensors", Container(shape, 1d));
                long before = GC.GetAllocatedBytesForCurrentThread();
                AssertRefused(ErrorKind.Format, path);
                AssertRefused(ErrorKind.Format, Write("v.safetensors",
                    Container($"{{\"m\":{{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[{rows},{columns}]}}}}", 1d)));
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
            }
        }
    }

    [Theory]
    [InlineData(100_000_001)]
    [InlineData(99_999_999)]
    [InlineData(12)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void A_length_of_the_header_that_cannot_be_is_refused(long length)
    {
        Write("v.safetensors", BitConverter.GetBytes(length), "{\"a\":1}");
        var error = Assert.Throws<Word2VecException>(() =>
            VectorFile.Open(PathOf("v.safetensors"), new VectorReadOptions { Format = VectorFormat.Safetensors }));
        Assert.Equal(ErrorKind.Format, error.Kind);
    }

    [Theory]
    [InlineData(0, 4, 7)]
    [InlineData(0, 7, 6)]
    [InlineData(0, -1, 6)]
    [InlineData(1, 4, 6)]
    [InlineData(0, 4, long.MaxValue)]
    public void Words_that_do_not_fit_their_bytes_are_refused(long first, long second, long third)
    {
        string json = "{\"vocab_offsets\":{\"dtype\":\"I64\",\"shape\":[3],\"data_offsets\":[0,24]},"
            + "\"vectors\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[24,40]},"
            + "\"vocab_utf8\":{\"dtype\":\"U8\",\"shape\":[6],\"data_offsets\":[40,46]}}";
        AssertRefused(ErrorKind.Format, Write("v.safetensors", Container(json, first, second, third, 1f, 2f, 3f, 4f, "kingab")), "word");
    }

    [Fact]
    public void Counts_below_0_and_words_of_another_type_are_refused_in_one_line()
    {
        const string Json = "{\"counts\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"vocab_offsets\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[8,24]},"
            + "\"vectors\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[24,32]},"
            + "\"vocab_utf8\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[32,33]}}";
        AssertRefused(ErrorKind.Format, Write("v.safetensors", Container(Json, -1L, 0L, 1L, 1f, 2f, "a")), "word 1 -1 times");
        string other = Json.Replace("\"U8\"", "\"U8\\n\"");
        AssertRefused(ErrorKind.Format, Write("v.safetensors", Container(other, 1L, 0L, 1L, 1f, 2f, "a")), "'vocab_utf8' U8 (bytes)");
    }

    // A safetensors file of a header and what its tensors hold.
    private static byte[] Container(string json, params object[] parts) => Bytes(
    [
        BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(json)), json,
        .. parts.Select(part => part switch
        {
            long number => BitConverter.GetBytes(number),
            double number => BitConverter.GetBytes(number),
            _ => part,
        }),
    ]);
}
