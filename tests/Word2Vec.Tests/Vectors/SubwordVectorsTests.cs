using System.Text;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Vectors;

public sealed unsafe class SubwordVectorsTests : IDisposable
{
    private const int Buckets = 11, Stride = 3 * sizeof(float);

    private static readonly Ngrams Rule = new(2, 3, Buckets);

    private readonly NativeBuffer<float> _rows = new(3L * (2 + Buckets));
    private readonly SubwordVectors _vectors;

    // Row r is (2^r, r, -r): sums of ones of two tell which rows are in them.
    public SubwordVectorsTests()
    {
        for (int row = 0; row < 2 + Buckets; row++)
            (_rows.First[3 * row], _rows.First[3 * row + 1], _rows.First[3 * row + 2]) = (1 << row, row, -row);
        _vectors = new SubwordVectors(WordIndex.From(["at", "Ü"]), Rule, 3, _rows.First, _rows.First + 6, Stride, _rows);
    }

    // As get_subwords of fastText 0.9.2 names them.
    [Theory]
    [InlineData("at", "<a <at at at> t>")]
    [InlineData("Ü", "<Ü <Ü> Ü>")]
    [InlineData("", "<>")]
    [InlineData("</s>", "")]
    public void The_ngrams_are_those_between_the_marks(string word, string ngrams)
    {
        List<int> expected = [.. ngrams.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Hash)], found = [];
        Rule.AddBuckets(Encoding.UTF8.GetBytes(word), found);
        Assert.Equal(expected, found);

        // FNV-1a over signed bytes.
        static int Hash(string ngram) =>
            (int)(Encoding.UTF8.GetBytes(ngram).Aggregate(2166136261u, (hash, value) => (hash ^ (uint)(sbyte)value) * 16777619) % Buckets);
    }

    [Theory]
    [InlineData("at", 0)]
    [InlineData("Ü", 1)]
    [InlineData("tat", -1)]
    public void A_vector_is_the_mean_of_the_words_row_and_those_of_its_ngrams(string word, int id)
    {
        List<int> rows = [];
        Rule.AddBuckets(Encoding.UTF8.GetBytes(word), rows);
        rows = [.. rows.Select(bucket => bucket + 2)];
        if (id >= 0)
            rows.Add(id);
        float[] vector = _vectors.Vector(word);
        Assert.Equal(rows.Sum(row => 1 << row) / (float)rows.Count, vector[0], 1e-3f);
        Assert.Equal(rows.Sum() / (float)rows.Count, vector[1], 1e-5f);
        Assert.Equal(-vector[1], vector[2]);
    }

    [Fact]
    public void A_word_without_row_and_ngrams_has_no_vector()
    {
        Assert.Equal(ErrorKind.UnknownWord, Assert.Throws<Word2VecException>(() => _vectors.Vector("</s>")).Kind);
        Assert.Equal(ErrorKind.UnknownWord, Assert.Throws<Word2VecException>(() => _vectors.Vector(new string('a', 1 << 17))).Kind);
    }

    [Fact]
    public void They_end_with_the_vectors_that_they_belong_to()
    {
        new WordVectors(_vectors.Words, 3, new float[6]) { Subwords = _vectors }.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _vectors.Vector("at"));
    }

    public void Dispose() => _vectors.Dispose();
}
