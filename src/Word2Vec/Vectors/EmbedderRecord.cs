using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Vectors;

/// <summary>
/// How texts were embedded, as names and values that travel with their vectors, so that a question is embedded as they were:
/// <c>documents.method</c>, <c>documents.tokenizer</c>, <c>documents.smoothing</c>, <c>documents.compose-unknown</c> (only if false); where they were learned from the texts, also
/// <c>documents.counts</c> and <c>documents.total</c> (64-bit integers, deflated) and <c>documents.component</c> (32-bit floats), in Base64.
/// </summary>
public static class EmbedderRecord
{
    /// <summary>The name of the entry that says what the vectors of the words are called, such as their file.</summary>
    public const string VectorsName = "documents.vectors";

    private const string Method = "documents.method", Tokenizer = "documents.tokenizer", Smoothing = "documents.smoothing";
    private const string Composed = "documents.compose-unknown", No = "false";
    private const string Counts = "documents.counts", Total = "documents.total", Component = "documents.component";

    /// <summary>What <paramref name="embedder"/> does.</summary>
    public static IReadOnlyDictionary<string, string> Of(TextEmbedder embedder)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        var entries = new Dictionary<string, string>
        {
            [Method] = embedder.Options.Method.ToString().ToLowerInvariant(),
            [Tokenizer] = embedder.Options.Tokenizer == TokenizerKind.Whitespace ? "whitespace" : "text",
        };
        if (embedder.Vectors.Subwords is not null && !embedder.Options.ComposeUnknown)
            entries[Composed] = No;
        if (embedder.VectorsName is { } name)
            entries[VectorsName] = name;
        if (embedder.Options.Method == TextMethod.Sif)
            entries[Smoothing] = embedder.Options.Smoothing.ToString("R", CultureInfo.InvariantCulture);
        if (embedder.Frequencies is { } frequencies)
        {
            entries[Counts] = Deflate(MemoryMarshal.AsBytes<long>([.. frequencies.Counts]));
            entries[Total] = frequencies.Total.ToString(CultureInfo.InvariantCulture);
        }

        if (!embedder.Component.IsEmpty)
            entries[Component] = Convert.ToBase64String(MemoryMarshal.AsBytes(embedder.Component));
        return entries;
    }

    /// <summary>Whether <paramref name="entries"/> say how texts were embedded.</summary>
    public static bool IsIn(IReadOnlyDictionary<string, string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return entries.ContainsKey(Method);
    }

    /// <summary>Makes the embedder that <paramref name="entries"/> tell of; <paramref name="vectors"/> must be those that it had.</summary>
    /// <exception cref="Word2VecException">The entries are damaged or belong to other vectors.</exception>
    public static TextEmbedder Open(WordVectors vectors, IReadOnlyDictionary<string, string> entries)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(entries);
        try
        {
            var options = new TextEmbeddingOptions
            {
                Method = Enum.Parse<TextMethod>(entries[Method], ignoreCase: true),
                Tokenizer = entries[Tokenizer] == "whitespace" ? TokenizerKind.Whitespace : TokenizerKind.Text,
                ComposeUnknown = entries.GetValueOrDefault(Composed) != No,
            };
            if (entries.TryGetValue(Smoothing, out string? smoothing))
                options = options with { Smoothing = double.Parse(smoothing, CultureInfo.InvariantCulture) };
            return new TextEmbedder(vectors, options, Frequencies(vectors, entries), ComponentOf(vectors, entries));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or KeyNotFoundException or OverflowException or InvalidDataException)
        {
            throw new Word2VecException(ErrorKind.Format,
                $"What is said of how the texts were embedded is damaged ({e.Message.ReplaceLineEndings(" ")}); embed the texts again.", e);
        }
    }

    private static WordFrequencies? Frequencies(WordVectors vectors, IReadOnlyDictionary<string, string> entries)
    {
        if (!entries.TryGetValue(Counts, out string? counts))
            return null;
        long expected = (long)vectors.Count * sizeof(long);
        byte[] bytes = Inflate(counts, expected);
        if (bytes.Length != expected)
            throw Others($"not of {vectors.Count} words");
        long[] numbers = MemoryMarshal.Cast<byte, long>(bytes).ToArray();
        long total = long.Parse(entries[Total], CultureInfo.InvariantCulture);
        return total > 0 && numbers.All(number => number >= 0) ? new WordFrequencies(numbers, total) : throw new FormatException("negative counts");
    }

    private static float[]? ComponentOf(WordVectors vectors, IReadOnlyDictionary<string, string> entries)
    {
        if (!entries.TryGetValue(Component, out string? component))
            return null;
        byte[] bytes = Convert.FromBase64String(component);
        if (bytes.Length != vectors.Size * sizeof(float))
            throw Others($"not of {vectors.Size} components");
        float[] numbers = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        return VectorMath.IsFinite(numbers) ? numbers : throw new FormatException("components that are not finite");
    }

    private static Word2VecException Others(string difference) => new(ErrorKind.Usage,
        $"The texts were embedded with other word vectors ({difference}); name those that were used.");

    private static string Deflate(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            stream.Write(bytes);
        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    // A byte more than is expected is enough to see that it is too much.
    private static byte[] Inflate(string text, long expected)
    {
        using var stream = new DeflateStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        var bytes = new byte[checked((int)expected) + 1];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..read];
    }
}
