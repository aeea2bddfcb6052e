using System.Runtime.InteropServices;
using System.Text.Json;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>How a file of vectors was made, kept beside it: word2vec's formats have no room for it.</summary>
internal static class TrainingRecord
{
    public static string PathFor(string output) => output + ".json";

    /// <summary>Writes the record in one step, after the vectors.</summary>
    public static void Save(
        string output, IReadOnlyList<string> inputs, CorpusOptions corpusOptions, TrainingOptions options, EncodedCorpus corpus,
        TrainedVectors trained)
    {
        string text = Json.Write(indented: true, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("tool", $"word2vec {App.Version}");
            writer.WriteString("framework", RuntimeInformation.FrameworkDescription);
            writer.WriteStrings("corpus", inputs);
            WriteOptions(writer, corpusOptions, options);
            WriteCounts(writer, corpus);
            writer.WriteString("device", trained.Device.Id);
            writer.WriteString("backend", trained.Summary.Backend);
            WriteFailure(writer, trained.Failure);
            writer.WriteNumber("seconds", Math.Round(trained.Summary.Elapsed.TotalSeconds, 3));
            WriteLosses(writer, trained.Summary);
            WriteMemory(writer, trained.Memory);
            writer.WriteEndObject();
        });
        TextFile.Replace(PathFor(output), text + "\n");
    }

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

    internal static void WriteOptions(Utf8JsonWriter writer, CorpusOptions corpus, TrainingOptions options)
    {
        writer.WriteStartObject("options");
        writer.WriteString("tokenizer", corpus.Tokenizer == TokenizerKind.Text ? "text" : "whitespace");
        writer.WriteNumber("min-count", corpus.MinimumCount);
        writer.WriteNumber("max-vocabulary", corpus.MaximumVocabulary);
        writer.WriteNumber("max-sentence-length", corpus.MaximumSentenceLength);
        writer.WriteNumber("size", options.VectorSize);
        writer.WriteNumber("window", options.Window);
        writer.WriteNumber("negatives", options.Negatives);
        writer.WriteNumber("tile", options.Tile);
        writer.WriteNumber("tile-negatives", options.TileNegatives);
        writer.WriteNumber("subsampling", options.SubsamplingThreshold);
        writer.WriteNumber("epochs", options.Epochs);
        writer.WriteNumber("learning-rate", options.LearningRate);
        writer.WriteNumber("threads", options.Threads);
        writer.WriteNumber("seed", options.Seed);
        writer.WriteEndObject();
    }

    internal static void WriteCounts(Utf8JsonWriter writer, EncodedCorpus corpus)
    {
        writer.WriteNumber("words", corpus.Vocabulary.Count);
        writer.WriteNumber("text-tokens", corpus.Counts.TextTokens);
        writer.WriteNumber("tokens", corpus.Counts.Tokens);
        writer.WriteNumber("sentences", corpus.Counts.Sentences);
    }

    // Bytes: what was expected of the training, and the most that the process held at any time, which can have been while it read the text.
    private static void WriteMemory(Utf8JsonWriter writer, MemoryEstimate memory)
    {
        writer.WriteStartObject("memory");
        writer.WriteNumber("estimate", memory.Total);
        writer.WriteNumber("rows", memory.Rows);
        writer.WriteNumber("copy", memory.Copy);
        writer.WriteNumber("vocabulary", memory.Vocabulary);
        writer.WriteNumber("threads", memory.Threads);
        writer.WriteNumber("ids", memory.Ids);
        writer.WriteNumber("program", MemoryEstimate.Program);
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
