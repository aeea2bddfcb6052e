using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>Opens a <see cref="NativeFormat"/> file whose <paramref name="header"/> was checked.</summary>
internal sealed unsafe class NativeReader(MappedFile file, NativeHeader header, VectorReadOptions options)
{
    private readonly int _count = options.Limit == 0 ? header.Count : Math.Min(options.Limit, header.Count);

    /// <summary>The vectors, which own the file from then on.</summary>
    public WordVectors Read()
    {
        var checks = new NativeChecks(file, header);
        checks.Run(options.Verify);
        NativeSection words = Section(NativeKind.Words), offsets = Section(NativeKind.WordOffsets), slots = Section(NativeKind.WordSlots);
        checks.RunOffsets(words, offsets);
        if (slots.Length % sizeof(int) != 0 || !WordSlots.IsPossible(slots.Length / sizeof(int), header.Count))
            throw NativeHeader.Error(file, $"has {slots.Length} bytes of {slots.Kind} at byte {slots.Start}; four times a power of two greater " +
                $"than the {header.Count} words was expected. It was not written by this program");
        var table = new WordSlots((int*)Start(slots), (int)(slots.Length / sizeof(int)), header.Count);
        var index = new WordIndex(file.Map, Start(words), (int*)Start(offsets), _count, table);
        return Vectors(index);
    }

    private WordVectors Vectors(WordIndex words)
    {
        IReadOnlyDictionary<string, string> metadata = Metadata();
        long stride = (long)header.Size * sizeof(float);
        WordVectors? output = null;
        if (header.Find(NativeKind.OutputRows) is not null)
        {
            NativeRows outputRows = NativeRows.Open(file, header, NativeKind.OutputRows, _count, owned: null);
            output = new WordVectors(words, header.Size, outputRows.First, stride, outputRows);
        }

        NativeRows rows = NativeRows.Open(file, header, NativeKind.Rows, _count, owned: file);
        return new WordVectors(words, header.Size, rows.First, stride, rows)
        {
            Metadata = metadata,
            Counts = header.Find(NativeKind.Counts) is { } counts ? new MappedCounts(file.Map, (long*)Start(counts), _count) : null,
            OutputVectors = output,
            Subwords = NativeSubwords.Open(file, header, words),
            UnitScales = (float*)Start(Section(NativeKind.UnitScales)),
        };
    }

    private Dictionary<string, string> Metadata()
    {
        if (header.Find(NativeKind.Metadata) is not { } section)
            return [];
        Dictionary<string, string>? entries = section.Length <= Array.MaxLength
            ? NativeMetadata.Read(new ReadOnlySpan<byte>(Start(section), (int)section.Length))
            : null;
        return entries ?? throw NativeHeader.Error(file, $"has metadata (bytes {section.Start} to {section.Start + section.Length - 1}) that is no " +
            "list of different names with their values in UTF-8; it was not written by this program");
    }

    private NativeSection Section(NativeKind kind) => header.Find(kind)!.Value;

    private byte* Start(NativeSection section) => file.Start + section.Start;
}
