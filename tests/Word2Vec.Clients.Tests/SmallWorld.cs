using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Training;
using Word2Vec.Vectors;

namespace Word2Vec.Clients.Tests;

/// <summary>Vectors of the shipped corpus, trained once for all tests, and what we answer ourselves.</summary>
public sealed class SmallWorld : IDisposable
{
    private const int Questions = 100, Neighbors = 10;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-clients-");

    public SmallWorld()
    {
        var options = new TrainingOptions { VectorSize = 48, Epochs = 2, Threads = 1 };
        Vectors = SkipGram.Train(Path.Combine(Repository.Root, "corpora", "small-world.txt"), options);
        BinaryPath = Path.Combine(_folder.FullName, "small-world.bin");
        VectorFile.Save(Vectors, BinaryPath);
        // The most frequent and the rarest, and what lies between.
        Words = [.. Enumerable.Range(0, Questions).Select(i => Vectors.Words[i * (Vectors.Count - 1) / (Questions - 1)])];
        Answers = new VectorIndex(Vectors).MostSimilarBatch(Words, Neighbors);
    }

    public WordVectors Vectors { get; }

    /// <summary>The same in a file, as word2vec binary.</summary>
    public string BinaryPath { get; }

    /// <summary>The words that are asked about.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Our ten neighbours of each of <see cref="Words"/>.</summary>
    public IReadOnlyList<IReadOnlyList<Neighbor>> Answers { get; }

    public void Dispose()
    {
        Vectors.Dispose();
        _folder.Delete(recursive: true);
    }
}
