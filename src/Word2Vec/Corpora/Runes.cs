using System.Globalization;
using System.Text;

namespace Word2Vec.Corpora;

/// <summary>What a character is to the tokenizer <c>text</c>.</summary>
internal enum RuneClass : byte
{
    /// <summary>Everything that is nothing of the following: it separates words.</summary>
    Separator,

    /// <summary>A letter (Lu, Ll, Lt, Lm, Lo) or a decimal digit (Nd) of any script.</summary>
    Word,

    /// <summary>
    /// A combining mark (Mn, Mc): it belongs to the word before it, and separates where there is none. Variation selectors separate.
    /// </summary>
    Mark,

    /// <summary>' or ’: kept, as ', between two characters of a word.</summary>
    Apostrophe,

    /// <summary>- or the hyphens U+2010 and U+2011: kept, as -, between two characters of a word.</summary>
    Hyphen,

    /// <summary>The line feed, which ends a sentence.</summary>
    LineFeed,
}

/// <summary>Class and lower case of Unicode's characters; from a table where they are below U+10000.</summary>
internal static class Runes
{
    private const int ClassShift = 24, TableSize = 0x10000;

    // Lower case in the lower 24 bits, class above.
    private static readonly uint[] Table = MakeTable();

    /// <summary>Returns the class of <paramref name="rune"/> and what is written for it in a word.</summary>
    public static RuneClass Classify(Rune rune, out Rune written)
    {
        uint entry = rune.Value < TableSize ? Table[rune.Value] : Entry(rune);
        written = new Rune(entry & 0xFFFFFF);
        return (RuneClass)(entry >> ClassShift);
    }

    private static uint[] MakeTable()
    {
        var table = new uint[TableSize];
        for (int value = 0; value < TableSize; value++)
        {
            if (Rune.TryCreate(value, out Rune rune))
                table[value] = Entry(rune);
        }

        return table;
    }

    private static uint Entry(Rune rune) => rune.Value switch
    {
        '\n' => Entry(RuneClass.LineFeed, rune),
        '\'' or 0x2019 => Entry(RuneClass.Apostrophe, new Rune('\'')),
        '-' or 0x2010 or 0x2011 => Entry(RuneClass.Hyphen, new Rune('-')),
        >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF => Entry(RuneClass.Separator, rune),
        _ => Entry(OfCategory(Rune.GetUnicodeCategory(rune)), Rune.ToLowerInvariant(rune)),
    };

    private static uint Entry(RuneClass kind, Rune written) => (uint)kind << ClassShift | (uint)written.Value;

    private static RuneClass OfCategory(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber => RuneClass.Word,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => RuneClass.Mark,
        _ => RuneClass.Separator,
    };
}
