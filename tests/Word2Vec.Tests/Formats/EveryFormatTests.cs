using Word2Vec.Formats;
using Word2Vec.Tests.Shared;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Formats;

/// <summary>
/// What holds for every format: what was written comes back, and a damaged file opens to something whose every row can be read, or gives an
/// error that says so; it never takes much memory.
/// </summary>
public class EveryFormatTests : VectorFileTest
{
    private const int Mutants = 1000;

    public static TheoryData<VectorFormat> Formats => [.. VectorFile.Formats.Select(format => format.Format)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_was_written_comes_back_bit_for_bit(VectorFormat format)
    {
        foreach ((int count, int size) in new[] { (1, 2), (2, 3), (3, 16), (17, 7), (300, 33), (5, 1024) })
        {
            WordVectors vectors = MakePlain(count, size, seed: count);
            VectorFile.Save(vectors, PathFor(format), format);
            using WordVectors read = VectorFile.Open(PathFor(format));
            AssertSame(vectors, read);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Vectors_may_be_saved_over_the_file_that_they_came_from(VectorFormat format)
    {
        WordVectors vectors = MakePlain(40, 9, seed: 1);
        VectorFile.Save(vectors, PathFor(format), format);
        using (WordVectors read = VectorFile.Open(PathFor(format)))
        {
            VectorFile.Save(read, PathFor(format), format);
            AssertSame(vectors, read);
        }

        using WordVectors again = VectorFile.Open(PathFor(format));
        AssertSame(vectors, again);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_first_words_can_be_read_alone(VectorFormat format)
    {
        VectorFile.Save(MakePlain(40, 9, seed: 2), PathFor(format), format);
        using WordVectors all = VectorFile.Open(PathFor(format));
        using WordVectors first = VectorFile.Open(PathFor(format), new VectorReadOptions { Limit = 7 });
        Assert.Equal(7, first.Count);
        for (int id = 0; id < first.Count; id++)
        {
            Assert.Equal(all.Words.Bytes(id), first.Words.Bytes(id));
            Assert.Equal(all[id], first[id]);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_is_cut_short_is_refused_or_read_in_part_without_harm(VectorFormat format)
    {
        byte[] whole = Original(format);
        for (int length = 0; length < Math.Min(whole.Length, 257); length++)
            CheckOne(format, whole[..length], $"the first {length} bytes");
        foreach (int missing in new[] { 1, 2, 3, 4, 5, 8, 16, 31 })
            CheckOne(format, whole[..^Math.Min(missing, whole.Length)], $"all but {missing} bytes");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damaged_files_do_no_harm(VectorFormat format)
    {
        byte[] whole = Original(format);
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < Mutants; i++)
        {
            byte[] mutant = Mutation.Of(whole, random);
            refused += CheckOne(format, mutant, $"mutant {i}") ? 0 : 1;
        }

        Assert.InRange(refused, Mutants / 20, Mutants);
    }

    // Small, because the time is in the number of files, and most of the damage should hit what describes the rows.
    private byte[] Original(VectorFormat format)
    {
        VectorFile.Save(MakePlain(12, 5, seed: 3), PathFor(format), format);
        return File.ReadAllBytes(PathFor(format));
    }

    private bool CheckOne(VectorFormat format, byte[] content, string what)
    {
        File.WriteAllBytes(PathFor(format), content);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool opened = OpensWell(what);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken < 1_000_000, $"{format}, {what}: {content.Length} bytes took {taken} bytes of memory.");
        return opened;

        bool OpensWell(string what)
        {
            try
            {
                using WordVectors vectors = VectorFile.Open(PathFor(format));
                Assert.True(vectors is { Count: > 0, Size: > 0 }, what);
                for (int id = 0; id < vectors.Count; id++)
                    Assert.True(Array.TrueForAll(vectors.CopyRow(id), float.IsFinite), what);
                return true;
            }
            catch (Word2VecException error)
            {
                Assert.Contains(error.Kind, new[] { ErrorKind.Format, ErrorKind.Input });
                Assert.DoesNotContain('\n', error.Message);
                return false;
            }
        }
    }

    private string PathFor(VectorFormat format) => PathOf($"v{VectorFile.Formats.First(info => info.Format == format).Endings[0]}");
}
