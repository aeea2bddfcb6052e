using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>
/// Hugging Face's safetensors. The vectors are the tensor <c>vectors</c>; since the format has no strings but in its metadata, the words
/// are two more tensors: <c>vocab_utf8</c>, their bytes one after another, and <c>vocab_offsets</c>, where each begins and the last ends;
/// <c>counts</c> is there where they are known. Of a file of someone else's the matrix that must be the embedding is read, with the words
/// in a text beside it.
/// </summary>
/// <remarks>Source: https://github.com/huggingface/safetensors#format.</remarks>
internal sealed class Safetensors : IVectorFormat
{
    private const string Vectors = "vectors", WordBytes = "vocab_utf8", WordOffsets = "vocab_offsets";
    private const string WordCounts = "counts", FormatKey = "format";

    // How models call the matrix of their tokens' embeddings; positions have one too.
    private static readonly string[] Embeddings =
    [
        "word_embeddings.weight", "embed_tokens.weight", "tok_embeddings.weight", "wte.weight", "shared.weight", "embeddings.weight",
        "embedding.weight", "embeddings", "embedding", "word_vectors",
    ];

    public VectorFormatInfo Info { get; } = new(VectorFormat.Safetensors, "safetensors", "safetensors file", [".safetensors"])
    {
        Precisions = [VectorPrecision.Full, VectorPrecision.Half],
    };

    public bool Recognizes(MappedFile file) => SafetensorsHeader.Begins(file);

    public WordVectors Read(MappedFile file, VectorReadOptions options)
    {
        SafetensorsHeader header = SafetensorsHeader.Read(file);
        SafetensorsTensor tensor = Choose(file, header.Tensors);
        NumberMatrix matrix = NumberMatrix.Require(file, Info.Title, tensor.Start, tensor.Shape[0], tensor.Shape[1], tensor.Number!.Value);
        bool hasWords = options.WordsPath is null && header.Tensors.Any(other => other.Name == WordOffsets);
        WordList words = hasWords
            ? ReadWords(file, header.Tensors, matrix.Count, options.Limit)
            : WordsFile.Read(file, Info, options, matrix.Count);
        return matrix.Take(words with { Metadata = header.Metadata.Where(pair => pair.Key != FormatKey).ToDictionary() });
    }

    /// <summary>
    /// Writes the tensors in the order of the reference implementation: by the width of their numbers, so that each lies aligned.
    /// </summary>
    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        stream.Write(Header(vectors, target.Options.Precision == VectorPrecision.Half));
        foreach (long count in vectors.Counts ?? [])
            Write(stream, count);
        long at = 0;
        Write(stream, at);
        for (int id = 0; id < vectors.Count; id++)
            Write(stream, at += vectors.Words.Bytes(id).Length);
        NumberMatrix.Write(vectors, stream, target);
        stream.Write(vectors.Words.AllBytes);
    }

    private static SafetensorsTensor Choose(MappedFile file, IReadOnlyList<SafetensorsTensor> tensors)
    {
        if (tensors.FirstOrDefault(tensor => tensor.IsMatrix && tensor.Name == Vectors) is { } own)
            return own;
        SafetensorsTensor[] matrices = [.. tensors.Where(tensor => tensor.IsMatrix)];
        if (matrices.Length == 1)
            return matrices[0];
        foreach (string name in Embeddings)
        {
            SafetensorsTensor[] named = [.. matrices.Where(IsNamed)];
            if (named.Length == 1)
                return named[0];

            bool IsNamed(SafetensorsTensor tensor) => tensor.Name == name || tensor.Name.EndsWith('.' + name, StringComparison.Ordinal);
        }

        const int Most = 10;
        string more = tensors.Count > Most ? $" and {tensors.Count - Most} more" : "";
        string all = ErrorText.OneLine(string.Join(", ", tensors.Take(Most)) + more);
        throw new Word2VecException(ErrorKind.Format, $"The safetensors file '{file.Path}' has {matrices.Length} matrices of floats, " +
            $"none of them called '{Vectors}' or as an embedding is; its tensors are: {all}. Save the matrix of vectors alone.");
    }

    private static WordList ReadWords(MappedFile file, IReadOnlyList<SafetensorsTensor> tensors, int rows, int limit)
    {
        SafetensorsTensor offsets = Require(file, tensors, WordOffsets, "I64", rows + 1L);
        SafetensorsTensor bytes = Require(file, tensors, WordBytes, "U8", null);
        int taken = limit == 0 ? rows : Math.Min(limit, rows);
        var words = new WordIndex.Builder();
        for (int id = 0; id < taken; id++)
        {
            long start = Integer(file, offsets, id), end = Integer(file, offsets, id + 1);
            if (start < 0 || start > end || end > bytes.End - bytes.Start || end - start > int.MaxValue || (id == 0 && start != 0))
                throw Error(file, $"has word {id + 1} from {start} to {end} of the {bytes.End - bytes.Start} bytes of '{WordBytes}' " +
                    $"(byte {offsets.Start + (long)id * sizeof(long)}); it is damaged");
            if (!words.TryAdd(file.From(bytes.Start + start)[..(int)(end - start)]))
                throw Error(file, $"holds words of more than {Array.MaxLength} bytes up to word {id + 1}; it is damaged");
        }

        if (taken == rows && Integer(file, offsets, rows) != bytes.End - bytes.Start)
            throw Error(file, $"has words up to {Integer(file, offsets, rows)} of the {bytes.End - bytes.Start} bytes of '{WordBytes}'; " +
                "it is damaged");
        long[]? counts = null;
        if (tensors.Any(tensor => tensor.Name == WordCounts))
        {
            SafetensorsTensor tensor = Require(file, tensors, WordCounts, "I64", rows);
            counts = [.. Enumerable.Range(0, taken).Select(id => Integer(file, tensor, id))];
            if (Array.FindIndex(counts, count => count < 0) is >= 0 and int wrong)
                throw Error(file, $"counts word {wrong + 1} {counts[wrong]} times (byte {tensor.Start + (long)wrong * sizeof(long)}); " +
                    "it is damaged");
        }

        return new WordList(words.Build(), counts);
    }

    private static SafetensorsTensor Require(
        MappedFile file, IReadOnlyList<SafetensorsTensor> tensors, string name, string type, long? length)
    {
        SafetensorsTensor? tensor = tensors.FirstOrDefault(tensor => tensor.Name == name);
        if (tensor is null || tensor.Type != type || tensor.Shape.Count != 1 || (length is not null && tensor.Shape[0] != length))
            throw Error(file, $"has {(tensor is null ? $"no '{name}'" : ErrorText.OneLine($"{tensor}"))}; '{name}' {type} " +
                $"({length?.ToString() ?? "bytes"}) was expected beside its vectors");
        return tensor;
    }

    private static long Integer(MappedFile file, SafetensorsTensor tensor, int index) =>
        BinaryPrimitives.ReadInt64LittleEndian(file.From(tensor.Start + (long)index * sizeof(long)));

    private static void Write(Stream stream, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    private static byte[] Header(WordVectors vectors, bool isHalf)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            WriteMetadata(writer, vectors.Metadata);
            long at = 0;
            if (vectors.Counts is not null)
                WriteTensor(writer, WordCounts, "I64", ref at, sizeof(long), vectors.Count);
            WriteTensor(writer, WordOffsets, "I64", ref at, sizeof(long), vectors.Count + 1L);
            WriteTensor(writer, Vectors, isHalf ? "F16" : "F32", ref at, isHalf ? 2 : 4, vectors.Count, vectors.Size);
            WriteTensor(writer, WordBytes, "U8", ref at, 1, vectors.Words.AllBytes.Length);
            writer.WriteEndObject();
        }

        // Spaces bring the first tensor to a multiple of 8, as the format asks writers to.
        int length = (int)(json.Length + 7) / 8 * 8;
        var header = new byte[SafetensorsHeader.Before + length];
        header.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        json.ToArray().CopyTo(header, SafetensorsHeader.Before);
        return header;
    }

    // "pt" is what nearly all files say; some readers refuse one without it.
    private static void WriteMetadata(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> metadata)
    {
        writer.WriteStartObject(SafetensorsHeader.MetadataKey);
        writer.WriteString(FormatKey, "pt");
        foreach (string name in metadata.Keys.Where(name => name != FormatKey).Order(StringComparer.Ordinal))
            writer.WriteString(name, metadata[name]);
        writer.WriteEndObject();
    }

    private static void WriteTensor(
        Utf8JsonWriter writer, string name, string type, ref long at, int width, params ReadOnlySpan<long> shape)
    {
        writer.WriteStartObject(name);
        writer.WriteString("dtype", type);
        writer.WriteStartArray("shape");
        long bytes = width;
        foreach (long length in shape)
        {
            writer.WriteNumberValue(length);
            bytes *= length;
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(at);
        writer.WriteNumberValue(at += bytes);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static Word2VecException Error(MappedFile file, string what) => new(ErrorKind.Format, $"The safetensors file '{file.Path}' " +
        $"{what}.");
}
