using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Word2Vec.Tests.Corpora;

/// <summary>Texts of any bytes for properties, the same ones in every run.</summary>
internal static class AnyBytes
{
    private const int Tests = 400, LongestText = 150;
    private const ulong Seed = 20261120, OddGamma = 0x9E3779B97F4A7C15;

    /// <summary>Holds <paramref name="property"/> against many texts and many small numbers of 1 … 64.</summary>
    public static void Check(Action<byte[], int> property)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Tests).WithEndSize(LongestText)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, OddGamma), FSharpOption<int>.None)));
        var cases = Pieces().SelectMany(_ => Gen.Choose(1, 64), (pieces, number) => (Pieces: pieces, Number: number));
        int runs = 0;
        FsCheck.Check.One(config, Prop.ForAll(Arb.ToArbitrary(cases, Smaller), sample =>
        {
            runs++;
            property([.. sample.Pieces.SelectMany(piece => piece)], sample.Number);
        }));
        Assert.Equal(Tests, runs);
    }

    // What splits, what splits in other tokenizers, words that are cut, marks of encodings, and any byte at all.
    private static Gen<byte[][]> Pieces() => Gen.ArrayOf(Gen.Frequency(
        (5, Gen.Elements(" "u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), "\r"u8.ToArray(), "\t"u8.ToArray(), "\f"u8.ToArray(), "\v"u8.ToArray())),
        (5, Gen.Elements("a"u8.ToArray(), "bc"u8.ToArray(), "D"u8.ToArray(), "'"u8.ToArray(), "-"u8.ToArray())),
        (2, Gen.Elements("é"u8.ToArray(), "語"u8.ToArray(), "😀"u8.ToArray(), "\u2028"u8.ToArray(), "\u00A0"u8.ToArray(), "\uFEFF"u8.ToArray())),
        (1, Gen.Choose(990, 1010).Select(length => Enumerable.Repeat((byte)'x', length).ToArray())),
        (3, Gen.Choose(0, 255).Select(value => new[] { (byte)value }))));

    private static IEnumerable<(byte[][] Pieces, int Number)> Smaller((byte[][] Pieces, int Number) sample) =>
        Enumerable.Range(0, sample.Pieces.Length).Select(left => (sample.Pieces.Where((_, at) => at != left).ToArray(), sample.Number));
}
