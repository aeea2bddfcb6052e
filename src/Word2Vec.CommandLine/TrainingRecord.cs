using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>How a file of vectors was made, kept beside it: word2vec's formats have no room for it.</summary>
internal static class TrainingRecord
{
    public static string PathFor(string output) => output + ".json";

    /// <summary>What a record holds besides corpus, output and options: how the run went, which <c>--config</c> passes over.</summary>
    public static readonly string[] Results =
    [
        "tool", "framework", "words", "text-tokens", "tokens", "sentences", "device", "backend", "fallback", "resumed", "base", "seconds", "steps", "loss", "memory",
    ];

    /// <summary>Writes the record in one step, after the vectors.</summary>
    public static void Save(string output, string record) => TextFile.Replace(PathFor(output), record + "\n");

    /// <summary>Whether the file at <paramref name="path"/> is a record, or none that can be read, which its reader will say.</summary>
    public static bool IsRecord(string path)
    {
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), options);
            return document.RootElement.ValueKind != JsonValueKind.Object || document.RootElement.TryGetProperty("tool", out _);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return true;
        }
    }

    /// <summary>The record: corpus, output and options as <see cref="ConfigFile"/> reads them, and how the run went.</summary>
    /// <param name="inputs">The text; none where an option names what was read.</param>
    /// <param name="times">Where the time went.</param>
    /// <param name="unused">Options that said nothing in this run; null: none.</param>
    public static string Make(
        IReadOnlyList<string> inputs, string output, ParseResult parsed, EncodedCorpus corpus, TrainedVectors trained, StepTimes times, FineTuning? from = null,
        IReadOnlyList<Option>? unused = null) =>
        Json.Write(indented: true, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("tool", $"word2vec {App.Version}");
            writer.WriteString("framework", RuntimeInformation.FrameworkDescription);
            writer.WriteStrings("corpus", inputs);
            writer.WriteString("output", output);
            RunOptions.Write(writer, parsed, trained.Vectors.Size, unused);
            WriteCounts(writer, corpus);
            writer.WriteString("device", trained.Device.Id);
            writer.WriteString("backend", trained.Summary.Backend);
            WriteFailure(writer, trained.Failure);
            WriteResumed(writer, trained.Resumed);
            WriteBase(writer, from);
            writer.WriteNumber("seconds", Math.Round(trained.Summary.Elapsed.TotalSeconds, 3));
            times.Write(writer);
            WriteLosses(writer, trained.Summary);
            WriteMemory(writer, trained.Memory);
            writer.WriteEndObject();
        });

    // Where the CPU trained in a device's place: which, why, and from where on.
    private static void WriteFailure(Utf8JsonWriter writer, DeviceFailure? failure)
    {
        if (failure is null)
            return;
        writer.WriteStartObject("fallback");
        writer.WriteString("from", failure.Device);
        writer.WriteString("reason", failure.Reason);
        writer.WriteNumber("epoch", failure.Epoch);
        writer.WriteNumber("position", failure.Position);
        writer.WriteNumber("fraction", Math.Round(failure.Fraction, 6));
        writer.WriteEndObject();
    }

    // Where it went on from a checkpoint.
    private static void WriteResumed(Utf8JsonWriter writer, Checkpoint? resumed)
    {
        if (resumed is null)
            return;
        writer.WriteStartObject("resumed");
        writer.WriteNumber("epoch", resumed.Epoch);
        writer.WriteNumber("position", resumed.Position);
        writer.WriteNumber("fraction", Math.Round(resumed.Fraction, 6));
        writer.WriteEndObject();
    }

    // What it began with, and what became of the words.
    private static void WriteBase(Utf8JsonWriter writer, FineTuning? from)
    {
        if (from?.Words is not { } words)
            return;
        writer.WriteStartObject("base");
        writer.WriteString("fingerprint", from.Fingerprint);
        writer.WriteNumber("words", from.Base.Count);
        writer.WriteBoolean("output-vectors", from.Base.OutputVectors is not null);
        writer.WriteNumber("known", words.Known);
        writer.WriteNumber("new", words.New);
        writer.WriteNumber("absent", words.Absent);
        writer.WriteNumber("frozen", words.Frozen);
        writer.WriteEndObject();
    }

    internal static void WriteCounts(Utf8JsonWriter writer, EncodedCorpus corpus)
    {
        writer.WriteNumber("words", corpus.Vocabulary.Count);
        writer.WriteNumber("text-tokens", corpus.Counts.TextTokens);
        writer.WriteNumber("tokens", corpus.Counts.Tokens);
        writer.WriteNumber("sentences", corpus.Counts.Sentences);
    }

    // Bytes: what was expected of the training with its parts, what of a file may lie in memory beside it, and the most that the process held at any time,
    // that of the file included, which can have been while it read the text or the file.
    private static void WriteMemory(Utf8JsonWriter writer, MemoryEstimate memory)
    {
        writer.WriteStartObject("memory");
        writer.WriteNumber("estimate", memory.Total);
        writer.WriteNumber("rows", memory.Rows);
        writer.WriteNumber("copy", memory.Copy);
        writer.WriteNumber("checkpoint", memory.Checkpoint);
        writer.WriteNumber("vocabulary", memory.Vocabulary);
        writer.WriteNumber("threads", memory.Threads);
        writer.WriteNumber("ids", memory.Ids);
        writer.WriteNumber("base", memory.Base);
        writer.WriteNumber("merge", memory.Merge);
        writer.WriteNumber("program", MemoryEstimate.Program);
        writer.WriteNumber("mapped", memory.Mapped);
        writer.WriteNumber("peak", ProcessMemory.Peak);
        writer.WriteEndObject();
    }

    internal static void WriteLosses(Utf8JsonWriter writer, TrainingSummary summary)
    {
        writer.WriteStartArray("loss");
        foreach (TrainingLoss loss in summary.EpochLosses)
            writer.WriteNumberValue(loss.Mean);
        writer.WriteEndArray();
    }
}
