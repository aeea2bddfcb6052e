using FsCheck;
using FsCheck.Fluent;
using Word2Vec.Formats;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

/// <summary>What holds for every format and all words and numbers, tried with many that FsCheck makes up, the same each time.</summary>
public sealed class FormatPropertyTests : VectorFileTest
{
    private const ulong Seed = 20_260, Gamma = 601;
    private const int Cases = 30, Longest = 30;

    public static TheoryData<VectorFormat> Formats => [.. VectorFile.Formats.Select(format => format.Format)];

    /// <summary>Words of any bytes or of any but those that one format or another cannot hold, empty and equal ones among them; any finite numbers.</summary>
    private static Gen<WordVectors> AnyVectors =>
        from size in Gen.Choose(1, 9)
        from missing in Gen.Elements("", " \n", "\0\r\n", "\0\t\n\v\f\r \u0085\u00a0")
        from highest in Gen.Elements(0x7f, 0xff)
        let bytes = Gen.Choose(0, highest).Where(value => !missing.Contains((char)value)).Select(value => (byte)value)
        from words in bytes.ArrayOf().ListOf().Where(words => words.Count > 0)
        from vectors in With([.. words], size)
        select vectors;

    /// <summary>Different words of letters.</summary>
    private static Gen<WordVectors> PlainVectors =>
        from size in Gen.Choose(2, 9)
        from words in Gen.Choose('a', 'z').Select(letter => (byte)letter).ArrayOf().ListOf().Where(words => words.Count > 0)
        from vectors in With([.. words.Select((word, id) => Bytes(word, $"{id}"))], size)
        select vectors;

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_can_be_saved_comes_back_bit_for_bit(VectorFormat format)
    {
        int saved = 0;
        ForAll(AnyVectors, vectors =>
        {
            if (!TrySave(vectors, format))
                return;
            saved++;
            using WordVectors read = VectorFile.Open(PathOf("v.any"), new VectorReadOptions { Format = format });
            AssertSame(vectors, read);
        });
        Assert.InRange(saved, Cases / 10, Cases);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_limit_gives_the_first_words_of_the_whole(VectorFormat format) => ForAll(PlainVectors, vectors =>
    {
        VectorFile.Save(vectors, PathOf("v.any"), format);
        foreach (int limit in new[] { 1, (vectors.Count + 1) / 2, vectors.Count, vectors.Count + 1 })
        {
            using WordVectors read = VectorFile.Open(PathOf("v.any"), new VectorReadOptions { Limit = limit });
            int count = Math.Min(limit, vectors.Count);
            AssertSame(Make(vectors.Size, [.. Enumerable.Range(0, count).Select(id => vectors.Words[id])],
                [.. Enumerable.Range(0, count).SelectMany(vectors.CopyRow)]), read);
        }
    });

    // Every format keeps words and 32-bit floats whole, so whatever way is taken, nothing changes.
    [Theory]
    [MemberData(nameof(Formats))]
    public void Through_any_other_format_and_back_nothing_changes(VectorFormat format)
    {
        foreach (VectorFormat other in VectorFile.Formats.Select(info => info.Format))
        {
            ForAll(PlainVectors, cases: 1, vectors =>
            {
                VectorFile.Save(vectors, PathOf("a.any"), format);
                byte[] first = File.ReadAllBytes(PathOf("a.any"));
                using (WordVectors read = VectorFile.Open(PathOf("a.any")))
                    VectorFile.Save(read, PathOf("b.any"), other);
                using (WordVectors read = VectorFile.Open(PathOf("b.any")))
                    VectorFile.Save(read, PathOf("a.any"), format);
                Assert.Equal(first, File.ReadAllBytes(PathOf("a.any")));
            });
        }
    }

    private static Gen<WordVectors> With(byte[][] words, int size) =>
        from bits in Gen.Choose(int.MinValue, int.MaxValue).Where(bits => float.IsFinite(BitConverter.Int32BitsToSingle(bits))).ArrayOf(words.Length * size)
        select new WordVectors(Index(words), size, Array.ConvertAll(bits, BitConverter.Int32BitsToSingle));

    private static WordIndex Index(byte[][] words)
    {
        var builder = new WordIndex.Builder();
        foreach (byte[] word in words)
            builder.Add(word);
        return builder.Build();
    }

    private static void ForAll(Gen<WordVectors> generator, Action<WordVectors> check) => ForAll(generator, Cases, check);

    private static void ForAll(Gen<WordVectors> generator, int cases, Action<WordVectors> check) =>
        Prop.ForAll(generator.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithStartSize(2).WithEndSize(Longest).WithReplay(Seed, Gamma));

    private bool TrySave(WordVectors vectors, VectorFormat format)
    {
        try
        {
            VectorFile.Save(vectors, PathOf("v.any"), format);
            return true;
        }
        catch (Word2VecException error)
        {
            Assert.Equal(ErrorKind.Output, error.Kind);
            return false;
        }
    }
}
