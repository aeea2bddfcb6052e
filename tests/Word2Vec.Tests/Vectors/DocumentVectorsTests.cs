using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Vectors;

public class DocumentVectorsTests
{
    private static readonly WordVectors Words =
        new(WordIndex.From(["a", "b", "c", "d"]), 3, [1, 0.5f, 0, 0.8f, -0.3f, 0.4f, 0.9f, 0.1f, -0.7f, 1.2f, 0, 0.2f]) { Counts = [500, 300, 150, 50] };

    private static readonly TextDocument[] Texts = [new("one", "a b b"), new("two", "c d x"), new("three", "a c d d")];

    private static EmbeddedDocuments Embed(TextEmbeddingOptions options, IEnumerable<TextDocument> documents) =>
        DocumentVectors.Embed(new TextEmbedder(Words, options), documents);

    private static float[] Rows(WordVectors vectors) => [.. Enumerable.Range(0, vectors.Count).SelectMany(vectors.CopyRow)];

    // NumPy: X = [[w(t) @ v / n]], w = a / (a + p), a = 0.01; u = svd(X)[2][0]; X - X u u'.
    [Fact]
    public void Smooth_inverse_frequency_is_what_numpy_computes()
    {
        using WordVectors vectors = Embed(new TextEmbeddingOptions { Method = TextMethod.Sif, Smoothing = 0.01 }, Texts).Vectors;
        float[] expected = [0.00003855f, -0.00379459f, 0.00843563f, 0.00004746f, -0.00017641f, -0.00610814f, -0.00005875f, 0.00094546f, 0.00489297f];
        Assert.All(expected.Zip(Rows(vectors)), pair => Assert.Equal(pair.First, pair.Second, 1e-7f));
    }

    [Fact]
    public void A_question_is_embedded_as_the_texts_were_also_from_the_record()
    {
        foreach (TextMethod method in Enum.GetValues<TextMethod>())
        {
            WordFrequencies frequencies = WordFrequencies.OfTexts(Words, Texts.Select(text => text.Text));
            var embedder = new TextEmbedder(Words, new TextEmbeddingOptions { Method = method, Tokenizer = TokenizerKind.Whitespace }, frequencies);
            EmbeddedDocuments embedded = DocumentVectors.Embed(embedder.Named("w.bin"), Texts);
            using WordVectors vectors = embedded.Vectors;
            Assert.True(EmbedderRecord.IsIn(vectors.Metadata));
            Assert.Equal("w.bin", vectors.Metadata[EmbedderRecord.VectorsName]);
            TextEmbedder opened = EmbedderRecord.Open(Words, vectors.Metadata);
            for (int i = 0; i < Texts.Length; i++)
            {
                Assert.Equal(vectors.CopyRow(i), embedded.Embedder.Embed(Texts[i].Text));
                Assert.Equal(vectors.CopyRow(i), opened.Embed(Texts[i].Text));
            }
        }
    }

    [Fact]
    public void A_damaged_record_is_an_error()
    {
        using WordVectors vectors = Embed(new TextEmbeddingOptions { Method = TextMethod.Sif }, Texts).Vectors;
        foreach ((string name, string value) in vectors.Metadata)
        {
            foreach (string damaged in (string[])["", "%", value + "AAAA", "AAAA"])
            {
                if (name == "documents.tokenizer")
                    continue;
                var entries = new Dictionary<string, string>(vectors.Metadata) { [name] = damaged };
                Assert.Throws<Word2VecException>(() => EmbedderRecord.Open(Words, entries));
            }
        }
    }

    [Fact]
    public void Texts_keep_their_ids_and_their_order_over_many_batches()
    {
        IEnumerable<TextDocument> many = Enumerable.Range(0, 10_000).Select(i => new TextDocument($"t{i}", i % 3 == 0 ? "x y" : i % 2 == 0 ? "a" : "b c"));
        EmbeddedDocuments all = Embed(new TextEmbeddingOptions(), many), known = Embed(new TextEmbeddingOptions { LeaveOutUnknown = true }, many);
        using (all.Vectors)
        using (known.Vectors)
        {
            Assert.Equal((10_000, 3334), (all.Vectors.Count, all.WithoutKnownWord));
            Assert.Equal((6666, 3334, 10_000), (known.Vectors.Count, known.WithoutKnownWord, known.Texts));
            Assert.Equal([0, 0, 0], all.Vectors["t9999"].ToArray());
            Assert.Equal(Words["a"].ToArray(), all.Vectors["t9998"].ToArray());
            for (int id = 0; id < known.Vectors.Count; id++)
                Assert.Equal(all.Vectors[known.Vectors.Words[id]].ToArray(), known.Vectors[id].ToArray());
        }
    }

    [Fact]
    public void Nothing_to_embed_is_an_error()
    {
        Assert.Throws<Word2VecException>(() => Embed(new TextEmbeddingOptions(), []));
        var error = Assert.Throws<Word2VecException>(() => Embed(new TextEmbeddingOptions(), [new("1", "x"), new("2", "y")]));
        Assert.Contains("None of the 2 words of 2 texts", error.Message, StringComparison.Ordinal);
    }
}
