using System.Globalization;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>What a training takes beside what there is.</summary>
internal sealed record MemoryCheck(MemoryEstimate Estimate, AvailableMemory Available)
{
    /// <summary>Whether words that are not in the text are kept, too.</summary>
    public bool KeepsAbsent { get; init; }

    /// <summary>Whether there is as much memory as it takes.</summary>
    public bool Fits => Estimate.Total <= Available.Bytes;

    /// <summary>One line for people.</summary>
    public override string ToString() => $"{Megabytes(Estimate.Total)} ({Parts(Estimate)}) of {Megabytes(Available.Bytes)}"
        + (Estimate.Mapped > 0 ? $"; besides {Megabytes(Estimate.Mapped)} of a mapped file, while nothing else needs them" : "");

    /// <summary>Throws where the training would not fit, with the sizes that would.</summary>
    public void Refuse(Vocabulary vocabulary, TrainingOptions options)
    {
        if (Fits)
            return;
        throw new Word2VecException(ErrorKind.Training, string.Create(CultureInfo.InvariantCulture,
            $"Vectors of {options.VectorSize} components for {vocabulary.Count:N0} words take {Megabytes(Estimate.Total)} of memory ")
            + $"({Parts(Estimate)}); there are {Megabytes(Available.Bytes)}: {Available.Source}. {Advice(vocabulary, options)}");
    }

    private string Advice(Vocabulary vocabulary, TrainingOptions options)
    {
        int words = Estimate.LargestVocabulary(Available.Bytes);

        // The words are sorted by count; the first one too many sets the minimum.
        string fewer = words == 0
            ? "free memory or take another machine"
            : $"with --size {options.VectorSize}, {words} words fit: --max-vocabulary {words} or --min-count {vocabulary.Counts[words] + 1}";
        return Capital(string.Join("; ", [.. Less(), fewer])) + ".";
    }

    private IEnumerable<string> Less()
    {
        if (Estimate.Copy > 0)
            yield return $"without --fallback it takes {Megabytes(Estimate.Copy)} less";
        if (KeepsAbsent && Estimate.Merge > 0)
            yield return "with --drop-absent it takes less";
        if (!Estimate.IsFineTuning)
            yield return Estimate.LargestSize(Available.Bytes) is > 0 and int size ? $"the largest that fits is --size {size}" : "not even --size 1 fits";
    }

    private static string Parts(MemoryEstimate estimate) =>
        $"rows {Megabytes(estimate.Rows)}, "
        + (estimate.Copy > 0 ? $"their copy for --fallback {Megabytes(estimate.Copy)}, " : "")
        + (estimate.Checkpoint > 0 ? $"their copy for checkpoints {Megabytes(estimate.Checkpoint)}, " : "")
        + (estimate.Base > 0 ? $"vectors of --from {Megabytes(estimate.Base)}, " : "")
        + (estimate.Merge > 0 ? $"the words of both at the end {Megabytes(estimate.Merge)}, " : "")
        + $"vocabulary {Megabytes(estimate.Vocabulary)}, "
        + (estimate.Ids > 0 ? $"ids {Megabytes(estimate.Ids)}, " : "")
        + $"program and threads {Megabytes(MemoryEstimate.Program + estimate.Threads)}";

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString(bytes < 10_000_000 ? "F1" : "N0", CultureInfo.InvariantCulture) + " MB";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
