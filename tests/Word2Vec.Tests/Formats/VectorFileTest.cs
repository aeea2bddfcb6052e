using System.Text;
using Word2Vec.Formats;
using Word2Vec.Tests.Shared;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

/// <summary>A folder for one test's files, and files made of words and bytes.</summary>
public abstract class VectorFileTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-formats-");

    protected string PathOf(string name) => Path.Combine(_folder.FullName, name);

    protected string Write(string name, params object[] parts)
    {
        File.WriteAllBytes(PathOf(name), Bytes(parts));
        return PathOf(name);
    }

    protected string[] FileNames() => [.. _folder.GetFiles().Select(file => file.Name).Order()];

    protected static byte[] Bytes(params object[] parts) => [.. parts.SelectMany(part => part switch
    {
        string text => Encoding.UTF8.GetBytes(text),
        float value => BitConverter.GetBytes(value),
        byte[] bytes => bytes,
        _ => throw new ArgumentException("A part is text, a float or bytes.", nameof(parts)),
    })];

    protected static WordVectors Make(int size, string[] words, params float[] rows) => new(WordIndex.From(words), size, rows);

    /// <summary>Words of any bytes but space and newline, with vectors of any bits that are finite.</summary>
    protected static WordVectors MakeRandom(int count, int size, int seed)
    {
        var random = new Random(seed);
        var words = new WordIndex.Builder();
        for (int id = 0; id < count; id++)
        {
            var noise = new byte[random.Next(1, 12)];
            random.NextBytes(noise);
            words.Add([.. noise.Where(b => b is not ((byte)' ' or (byte)'\n')), .. Encoding.ASCII.GetBytes($"{id}")]);
        }

        var rows = new float[count * size];
        for (int i = 0; i < rows.Length; i++)
        {
            do
                rows[i] = BitConverter.Int32BitsToSingle(random.Next() ^ (random.Next(2) << 31));
            while (!float.IsFinite(rows[i]));
        }

        return new WordVectors(words.Build(), size, rows);
    }

    /// <summary>Different words of one to nine printable characters without white space, some outside ASCII, and vectors between −1 and 1.</summary>
    protected static WordVectors MakePlain(int count, int size, int seed)
    {
        var random = new Random(seed);
        string[] words = [.. Enumerable.Range(0, count).Select(id => $"{(char)random.Next('a', 'z')}{(random.Next(3) == 0 ? "é" : "")}{id}")];
        float[] rows = [.. Enumerable.Range(0, count * size).Select(_ => random.NextSingle() * 2 - 1)];
        return new WordVectors(WordIndex.From(words), size, rows);
    }

    protected static void AssertSame(WordVectors expected, WordVectors actual)
    {
        Assert.Equal((expected.Count, expected.Size), (actual.Count, actual.Size));
        for (int id = 0; id < expected.Count; id++)
        {
            Assert.Equal(expected.Words.Bytes(id).ToArray(), actual.Words.Bytes(id).ToArray());
            Assert.Equal(Bits(expected.CopyRow(id)), Bits(actual.CopyRow(id)));
        }
    }

    protected static Word2VecException AssertRefused(ErrorKind kind, string path, params string[] hints)
    {
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Open(path));
        Assert.Equal(kind, error.Kind);
        Assert.All(hints, hint => Assert.Contains(hint, error.Message));
        Assert.Contains(path, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }

    /// <summary>Damages <paramref name="original"/> in 500 ways: each opens, with rows that are finite, or is refused as damaged.</summary>
    protected void CheckMutants(byte[] original)
    {
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            string path = Write("mutant", Mutation.Of(original, random));
            try
            {
                using WordVectors vectors = VectorFile.Open(path);
                for (int id = 0; id < vectors.Count; id++)
                    Assert.True(Array.TrueForAll(vectors.CopyRow(id), float.IsFinite), $"mutant {i}");
            }
            catch (Word2VecException error)
            {
                Assert.Equal(ErrorKind.Format, error.Kind);
            }
        }
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private static int[] Bits(float[] row) => Array.ConvertAll(row, BitConverter.SingleToInt32Bits);
}
