using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Word2Vec.Corpora;

/// <summary>
/// Turns UTF-8 text into words between white space: letters and digits in lower case; apostrophes and hyphens only between two of them;
/// a space for everything else, bytes that are not UTF-8 included; line feeds stay. It works block by block.
/// </summary>
internal sealed unsafe class TextNormalizer
{
    /// <summary>
    /// The most bytes at the end of a block that wait for the next one: an apostrophe and the begin of the character after it.
    /// </summary>
    public const int LongestRest = 6;

    private bool _insideWord;

    /// <summary>The room that the target needs for <paramref name="count"/> bytes: lower case can be longer (Ⱥ: 2 bytes, ⱥ: 3).</summary>
    public static int TargetSize(int count) => count + count / 2 + Vector256<byte>.Count + 4;

    /// <summary>Begins a new text.</summary>
    public void Reset() => _insideWord = false;

    /// <summary>
    /// Writes the normalised <paramref name="source"/> to <paramref name="target"/> and returns the number of bytes written.
    /// </summary>
    /// <param name="last">Whether the text ends here; else up to <see cref="LongestRest"/> bytes are left for the next call.</param>
    /// <param name="consumed">Bytes of the source that are done.</param>
    public int Normalize(ReadOnlySpan<byte> source, bool last, byte* target, out int consumed) =>
        Normalize(source, last, target, Vector256<byte>.Count, out consumed);

    /// <summary>The same character by character: its yardstick.</summary>
    public int NormalizePlain(ReadOnlySpan<byte> source, bool last, byte* target, out int consumed) =>
        Normalize(source, last, target, int.MaxValue, out consumed);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a text is read once
    private int Normalize(ReadOnlySpan<byte> source, bool last, byte* target, int vectorFrom, out int consumed)
    {
        int written = 0;
        consumed = 0;
        while (consumed < source.Length)
        {
            if (source.Length - consumed >= vectorFrom && NormalizeAscii(source[consumed..], target + written) is > 0 and int done)
            {
                consumed += done;
                written += done;
                continue;
            }

            int before = consumed;
            written += NormalizeRune(source, last, target + written, ref consumed);
            if (consumed == before)
                break;
        }

        return written;
    }

    /// <summary>Handles up to 32 bytes of ASCII and returns how many; 0 where only the next character decides about the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int NormalizeAscii(ReadOnlySpan<byte> source, byte* target)
    {
        var bytes = Vector256.Create(source);
        int ascii = BitOperations.TrailingZeroCount(bytes.ExtractMostSignificantBits());
        if (ascii == 0)
            return 0;
        var lower = bytes | Vector256.Create((byte)0x20);
        var isLetter = Vector256.LessThan(lower - Vector256.Create((byte)'a'), Vector256.Create((byte)26));
        var isDigit = Vector256.LessThan(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)10));
        var isLineFeed = Vector256.Equals(bytes, Vector256.Create((byte)'\n'));
        var kept = Vector256.ConditionalSelect(isDigit | isLineFeed, bytes, Vector256.Create((byte)' '));
        Vector256.ConditionalSelect(isLetter, lower, kept).Store(target);

        uint word = (isLetter | isDigit).ExtractMostSignificantBits();
        uint inner = (Vector256.Equals(bytes, Vector256.Create((byte)'\'')) | Vector256.Equals(bytes, Vector256.Create((byte)'-')))
            .ExtractMostSignificantBits();
        int count = ascii - (int)(inner >> (ascii - 1) & 1);
        if (count == 0)
            return 0;
        for (inner &= (word << 1 | (_insideWord ? 1u : 0u)) & word >> 1; inner != 0; inner &= inner - 1)
        {
            int offset = BitOperations.TrailingZeroCount(inner);
            target[offset] = source[offset];
        }

        _insideWord = (word >> (count - 1) & 1) != 0;
        return count;
    }

    // Leaves consumed as it is where the character, or the one after it that decides, is not complete.
    private int NormalizeRune(ReadOnlySpan<byte> source, bool last, byte* target, ref int consumed)
    {
        var status = Decode(source[consumed..], out RuneClass kind, out Rune written, out int length);
        if (status == OperationStatus.NeedMoreData && !last)
            return 0;
        bool keep = kind == RuneClass.Word || kind == RuneClass.Mark && _insideWord;
        if (kind is RuneClass.Apostrophe or RuneClass.Hyphen && _insideWord)
        {
            status = Decode(source[(consumed + length)..], out RuneClass next, out _, out _);
            if (status == OperationStatus.NeedMoreData && !last)
                return 0;
            keep = next == RuneClass.Word;
        }

        consumed += length;
        _insideWord = keep;
        if (keep)
            return written.EncodeToUtf8(new Span<byte>(target, 4));
        *target = kind == RuneClass.LineFeed ? (byte)'\n' : (byte)' ';
        return 1;
    }

    private static OperationStatus Decode(ReadOnlySpan<byte> source, out RuneClass kind, out Rune written, out int length)
    {
        var status = Rune.DecodeFromUtf8(source, out Rune rune, out length);
        // Where nothing can be decoded the rune is U+FFFD, a symbol: it separates.
        kind = Runes.Classify(rune, out written);
        return status;
    }
}
