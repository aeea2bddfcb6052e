using System.Text;
using Word2Vec.Formats;

namespace Word2Vec.Tests.Formats;

/// <summary>
/// Files with random damage: each opens to something whose every row can be read, or gives an error that says so, and takes little memory.
/// </summary>
public class DamagedFileTests : VectorFileTest
{
    private const int Mutants = 300;

    [Fact]
    public void Damaged_binaries_do_no_harm()
    {
        VectorFile.Save(MakeRandom(30, 6, 5), PathOf("v.bin"));
        CheckMutants(File.ReadAllBytes(PathOf("v.bin")), 1);
    }

    [Fact]
    public void Damaged_texts_do_no_harm()
    {
        VectorFile.Save(MakeRandom(30, 6, 6), PathOf("v.txt"));
        CheckMutants(File.ReadAllBytes(PathOf("v.txt")), 2);
    }

    [Fact]
    public void Damaged_GloVe_texts_do_no_harm()
    {
        VectorFile.Save(MakeRandom(30, 6, 7), PathOf("v.txt"));
        byte[] text = File.ReadAllBytes(PathOf("v.txt"));
        CheckMutants(text[(Array.IndexOf(text, (byte)'\n') + 1)..], 3);
    }

    private void CheckMutants(byte[] original, int seed)
    {
        var random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < Mutants; i++)
        {
            byte[] mutant = Mutate(original, random);
            string path = Write("mutant", mutant);
            long before = GC.GetAllocatedBytesForCurrentThread();
            refused += OpensWell(path) ? 0 : 1;
            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken < 500_000, $"Mutant {i} of seed {seed}, {mutant.Length} bytes, took {taken} bytes of memory.");
        }

        Assert.InRange(refused, Mutants / 10, Mutants - 1);
    }

    private static bool OpensWell(string path)
    {
        try
        {
            using var vectors = VectorFile.Open(path);
            Assert.True(vectors is { Count: > 0, Size: > 0 });
            for (int id = 0; id < vectors.Count; id++)
                Assert.All(vectors.CopyRow(id), value => Assert.True(float.IsFinite(value)));
            return true;
        }
        catch (Word2VecException error)
        {
            Assert.Contains(error.Kind, new[] { ErrorKind.Format, ErrorKind.Input });
            Assert.DoesNotContain('\n', error.Message);
            return false;
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            // Half of the damage hits the first line, where it does most.
            int place = random.Next(random.Next(2) == 0 ? 8 : bytes.Count - 1);
            switch (random.Next(5))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(place);
                    break;
                case 2:
                    bytes.InsertRange(place, Encoding.ASCII.GetBytes(random.Next(3) switch { 0 => "9999999", 1 => "-", _ => "\n" }));
                    break;
                case 3:
                    bytes = bytes[..(bytes.Count - random.Next(bytes.Count / 2))];
                    break;
                default:
                    bytes[place] = (byte)(bytes[place] ^ (1 << random.Next(8)));
                    break;
            }
        }

        return [.. bytes];
    }
}
