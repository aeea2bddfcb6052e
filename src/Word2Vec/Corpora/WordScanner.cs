using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Word2Vec.Corpora;

/// <summary>A word's place in a block of bytes, or, with length 0, the end of a sentence.</summary>
internal readonly record struct Token(int Start, int Length)
{
    /// <summary>The end of a sentence.</summary>
    public static Token SentenceEnd => default;
}

/// <summary>Finds the words between white space (0x09–0x0D and 0x20) in a block of bytes.</summary>
internal static unsafe class WordScanner
{
    /// <summary>A longer word is cut into pieces of this many bytes (up to three fewer where that keeps a UTF-8 character whole).</summary>
    public const int LongestWord = 1000;

    /// <summary>
    /// Appends the tokens of bytes[from … end) to <paramref name="tokens"/>, which has room for one a byte, and returns how many there are
    /// then.
    /// </summary>
    /// <param name="start">Where the word begins that is not finished yet: before the call at or before <paramref name="from"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a text is read once
    public static int Scan(byte* bytes, int from, int end, ref int start, Token* tokens, int count)
    {
        int position = from;
        for (; position + 64 <= end; position += 64)
        {
            var low = Vector256.Load(bytes + position);
            var high = Vector256.Load(bytes + position + 32);
            ulong newlines = Bits(IsLineFeed(low), IsLineFeed(high));
            for (ulong separators = Bits(IsSpace(low), IsSpace(high)); separators != 0; separators &= separators - 1)
            {
                int offset = BitOperations.TrailingZeroCount(separators);
                count = AddWord(bytes, start, position + offset, tokens, count);
                start = position + offset + 1;
                if ((newlines >> offset & 1) != 0)
                    tokens[count++] = Token.SentenceEnd;
            }
        }

        return ScanPlain(bytes, position, end, ref start, tokens, count);
    }

    /// <summary>The same as <see cref="Scan"/>, byte by byte: its tail and its yardstick.</summary>
    public static int ScanPlain(byte* bytes, int from, int end, ref int start, Token* tokens, int count)
    {
        for (int position = from; position < end; position++)
        {
            byte b = bytes[position];
            if (b != ' ' && b is < 9 or > 13)
                continue;
            count = AddWord(bytes, start, position, tokens, count);
            start = position + 1;
            if (b == '\n')
                tokens[count++] = Token.SentenceEnd;
        }

        return count;
    }

    /// <summary>
    /// Appends the pieces of the unfinished word bytes[start … end) that no more bytes can change, and moves <paramref name="start"/>
    /// behind them.
    /// </summary>
    public static int CutLong(byte* bytes, ref int start, int end, Token* tokens, int count)
    {
        while (end - start > LongestWord)
        {
            int length = LongestWord;
            while (length > LongestWord - 3 && IsContinuation(bytes[start + length]))
                length--;
            if (IsContinuation(bytes[start + length]))
                length = LongestWord;
            tokens[count++] = new Token(start, length);
            start += length;
        }

        return count;
    }

    /// <summary>Appends the word bytes[start … end), if it has a byte.</summary>
    public static int AddWord(byte* bytes, int start, int end, Token* tokens, int count)
    {
        if (end - start > LongestWord)
            count = CutLong(bytes, ref start, end, tokens, count);
        tokens[count] = new Token(start, end - start);
        return end > start ? count + 1 : count;
    }

    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;

    private static Vector256<byte> IsSpace(Vector256<byte> bytes) =>
        Vector256.Equals(bytes, Vector256.Create((byte)' ')) |
        Vector256.LessThan(bytes - Vector256.Create((byte)9), Vector256.Create((byte)5));

    private static Vector256<byte> IsLineFeed(Vector256<byte> bytes) => Vector256.Equals(bytes, Vector256.Create((byte)'\n'));

    private static ulong Bits(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | (ulong)high.ExtractMostSignificantBits() << 32;
}
