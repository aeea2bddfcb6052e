using System.Runtime.InteropServices;
using System.Text.Json;
using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.Clients.Tests;

/// <summary>
/// A client reads what we wrote and gives the neighbours that we give; and we read, bit for bit, what it wrote.
/// </summary>
public abstract class ClientTest(SmallWorld world) : IClassFixture<SmallWorld>, IDisposable
{
    // Sums of 48 products of floats in another order.
    private const float Tolerance = 1e-5f;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-clients-");

    /// <summary>The vectors of all these tests.</summary>
    protected SmallWorld World => world;

    /// <summary>A file in this test's folder.</summary>
    protected string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>
    /// Saves the vectors as <paramref name="name"/> and lets a script of the folder <c>clients</c> answer: it gets how to read (its first
    /// argument), the file and a file of words, and prints, for each word, an array of the ten nearest with their cosines.
    /// </summary>
    protected void AssertClientAgrees(
        string script, string reader, string name, VectorWriteOptions? options = null, float tolerance = Tolerance, WordVectors? vectors = null,
        params string[] extra)
    {
        VectorFile.Save(vectors ?? world.Vectors, PathOf(name), options);
        File.WriteAllLines(PathOf("questions"), world.Words);
        string answers = RunScript(script, [reader, PathOf(name), PathOf("questions"), .. extra]);
        using JsonDocument parsed = JsonDocument.Parse(answers);
        Assert.Equal(world.Words.Count, parsed.RootElement.GetArrayLength());
        for (int i = 0; i < world.Words.Count; i++)
            AssertSameNeighbors(world.Words[i], world.Answers[i], [.. parsed.RootElement[i].EnumerateArray()], tolerance);
    }

    /// <summary>
    /// Lets a script write vectors as <paramref name="name"/>, and beside them <c>expected.words</c>, a word a line, and
    /// <c>expected.floats</c>, the rows as little-endian floats; opens the first and compares it with the others.
    /// </summary>
    protected void AssertWeReadTheClient(string script, string writer, string name, params string[] extra)
    {
        RunScript(script, [writer, PathOf(name), _folder.FullName, .. extra]);
        AssertReads(name);
    }

    /// <summary>Opens <paramref name="name"/> and compares it with what a client said that it wrote.</summary>
    protected void AssertReads(string name)
    {
        string[] words = File.ReadAllLines(PathOf("expected.words"));
        float[] rows = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(PathOf("expected.floats"))).ToArray();
        using WordVectors read = VectorFile.Open(PathOf(name));
        Assert.Equal(words, read.EnumerateWords());
        Assert.Equal(rows.Length, read.Count * read.Size);
        for (int id = 0; id < read.Count; id++)
            Assert.Equal(rows.AsSpan(id * read.Size, read.Size), read[id]);
    }

    /// <summary>Runs a script of the folder <c>clients</c> and returns what it printed.</summary>
    protected string RunScript(string script, params string[] arguments)
    {
        string path = Path.Combine(Repository.ClientTests, "clients", script);
        return Shell.Run(_folder.FullName, script.EndsWith(".py", StringComparison.Ordinal) ? Client.Python : "node", [path, .. arguments]);
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    // The same words; where two are as similar as rounding can tell they may stand in either order.
    private static void AssertSameNeighbors(string word, IReadOnlyList<Neighbor> ours, JsonElement[] theirs, float tolerance)
    {
        Assert.Equal(ours.Count, theirs.Length);
        for (int rank = 0; rank < ours.Count; rank++)
        {
            (string? name, float cosine) = (theirs[rank][0].GetString(), theirs[rank][1].GetSingle());
            Assert.True(Math.Abs(ours[rank].Similarity - cosine) <= tolerance, $"{word}, neighbour {rank + 1}: {name} {cosine}, ours {ours[rank]}");
            bool isTie = ours.Any(other => other.Word == name && Math.Abs(other.Similarity - cosine) <= tolerance)
                || Math.Abs(ours[^1].Similarity - cosine) <= tolerance;
            Assert.True(ours[rank].Word == name || isTie, $"{word}, neighbour {rank + 1}: {name} {cosine}, ours {ours[rank]}");
        }
    }
}
