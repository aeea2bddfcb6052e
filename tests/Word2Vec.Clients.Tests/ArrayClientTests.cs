using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.Clients.Tests;

/// <summary>Clients of files that are arrays of numbers: NumPy, Faiss, fastText, safetensors.</summary>
public class ArrayClientTests(SmallWorld world) : ClientTest(world)
{
    private static readonly VectorWriteOptions FastText = new() { Format = VectorFormat.FastText };

    [ClientFact("python:numpy")]
    public void NumPy_reads_what_we_write() => AssertClientAgrees("numpy_client.py", "read", "v.npy");

    [ClientFact("python:numpy")]
    public void NumPy_reads_half_precision_with_its_rounding() =>
        AssertClientAgrees("numpy_client.py", "read", "v.npy", new VectorWriteOptions { Precision = VectorPrecision.Half }, tolerance: 2e-3f);

    [ClientTheory("python:numpy")]
    [InlineData("write")]
    [InlineData("write-double")]
    public void We_read_what_NumPy_writes(string writer) => AssertWeReadTheClient("numpy_client.py", writer, "v.npy");

    [ClientFact("python:faiss")]
    public void Faiss_reads_what_we_write_and_would_write_the_same_bytes()
    {
        using WordVectors unit = World.Vectors.Normalized();
        AssertClientAgrees("faiss_client.py", "read", "v.faiss", vectors: unit);
        Assert.Equal("True\n", RunScript("faiss_client.py", "same", PathOf("v.faiss"), PathOf("again.faiss")));
    }

    [ClientTheory("python:faiss")]
    [InlineData("write")]
    [InlineData("write-l2")]
    public void We_read_what_Faiss_writes(string writer) => AssertWeReadTheClient("faiss_client.py", writer, "v.faiss");

    [ClientFact("python:fasttext")]
    public void FastText_reads_what_we_write() => AssertClientAgrees("fasttext_client.py", "read", "v.bin", FastText);

    [ClientFact("python:gensim")]
    public void Gensim_reads_the_fastText_model_that_we_write() => AssertClientAgrees("fasttext_client.py", "read-gensim", "v.bin", FastText);

    [ClientTheory("python:fasttext")]
    [InlineData("write")]
    [InlineData("write-ngrams")]
    public void We_read_what_fastText_writes(string writer) => AssertWeReadTheClient("fasttext_client.py", writer, "v.bin");

    [ClientFact("node:@huggingface/hub")]
    public void The_hubs_reader_of_safetensors_reads_what_we_write() => AssertClientAgrees("safetensors_client.mjs", "read", "v.safetensors");
}
