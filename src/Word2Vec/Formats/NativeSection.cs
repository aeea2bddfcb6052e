namespace Word2Vec.Formats;

/// <summary>What a section of a <see cref="NativeFormat"/> file holds.</summary>
internal enum NativeKind
{
    Metadata = 1,
    Words,
    WordOffsets,
    WordSlots,
    Counts,
    Rows,
    Factors,
    UnitScales,
    OutputRows,
    OutputFactors,
    Checksums,
    Subwords,
    SubwordRows,
    SubwordFactors,
}

/// <summary>A section of a <see cref="NativeFormat"/> file: where it begins, and its bytes, without the zeros behind them.</summary>
internal readonly record struct NativeSection(NativeKind Kind, long Start, long Length)
{
    /// <summary>Sections begin at multiples of this.</summary>
    public const int Alignment = 64;

    /// <summary>Where the next section begins.</summary>
    public long Next => Align(Start + Length);

    /// <summary>The next multiple of <see cref="Alignment"/> from <paramref name="position"/> on.</summary>
    public static long Align(long position) => (position + Alignment - 1) / Alignment * Alignment;
}
