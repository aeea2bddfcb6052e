using System.Runtime.InteropServices;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.Clients.Tests;

/// <summary>Models with n-grams, both ways: fastText and this library give the same bits for words that they know and words that they do not.</summary>
public sealed class FastTextSubwordsTests : IDisposable
{
    private const string Script = "fasttext_client.py";

    private static readonly string[] Unknown = ["wörter", "wordy12", "unknown", "ab", "語", "wört1wört2"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-fasttext-");

    public FastTextSubwordsTests() => File.WriteAllLines(PathOf("unknown.words"), Unknown);

    [ClientTheory("python:fasttext")]
    [InlineData("write-skipgram-ns")]
    [InlineData("write-skipgram-hs")]
    [InlineData("write-cbow-ns")]
    [InlineData("write-cbow-hs")]
    public void We_give_its_vectors_and_it_gives_ours(string writer)
    {
        Run(writer, PathOf("theirs.bin"), _folder.FullName);
        using WordVectors read = VectorFile.Open(PathOf("theirs.bin"));
        AssertSame(read, File.ReadAllLines(PathOf("expected.words")), PathOf("expected.floats"));
        AssertSame(read, Unknown, PathOf("unknown.floats"));

        // By way of our own format, and from there to a model of ours that fastText reads.
        VectorFile.Save(read, PathOf("kept.w2v"));
        using WordVectors kept = VectorFile.Open(PathOf("kept.w2v"));
        VectorFile.Save(kept, PathOf("ours.bin"), VectorFormat.FastText);
        string[] asked = [.. kept.EnumerateWords(), .. Unknown];
        File.WriteAllLines(PathOf("asked"), asked);
        Run("read-any", PathOf("ours.bin"), PathOf("asked"));
        AssertSame(read, asked, PathOf("ours.bin.floats"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void AssertSame(WordVectors vectors, string[] words, string floats)
    {
        ReadOnlySpan<float> expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(floats));
        Assert.Equal(words.Length * vectors.Size, expected.Length);
        for (int i = 0; i < words.Length; i++)
            Assert.Equal(expected.Slice(i * vectors.Size, vectors.Size), vectors.Subwords!.Vector(words[i]));
    }

    private void Run(string what, string path, string other) =>
        Shell.Run(_folder.FullName, Client.Python, [Path.Combine(Repository.ClientTests, "clients", Script), what, path, other]);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
