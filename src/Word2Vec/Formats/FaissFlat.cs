using System.Buffers.Binary;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>
/// Faiss's flat index, which holds vectors as they are: a mark, the header of every index, the number of floats and the floats. Its words
/// are in a text beside it (<see cref="WordsFile"/>). An index by inner product (<c>IndexFlatIP</c>) is written, byte for byte what
/// <c>faiss.write_index</c> writes; one by distance (<c>IndexFlatL2</c>) is read too.
/// </summary>
/// <remarks>Source: faiss/impl/index_write.cpp, write_index_header and IndexFlat (https://github.com/facebookresearch/faiss).</remarks>
internal sealed class FaissFlat : IVectorFormat
{
    // Mark, int32 size, int64 count, two int64 that nobody reads, bool trained, int32 metric; then uint64 floats.
    private const int SizeAt = 4, CountAt = 8, UnusedAt = 16, TrainedAt = 32, MetricAt = 33, FloatsAt = 37, Start = 45;
    private const long Unused = 1 << 20;

    private static ReadOnlySpan<byte> InnerProduct => "IxFI"u8;

    public VectorFormatInfo Info { get; } = new(VectorFormat.Faiss, "faiss", "Faiss flat index", [".faiss"]) { HasCompanions = true };

    /// <remarks>The size's highest byte is 0, which tells an index from a text whose first word begins as a mark does.</remarks>
    public bool Recognizes(MappedFile file) => IsMark(file.From(0)) && (file.Length <= 7 || file.From(7)[0] == 0);

    public WordVectors Read(MappedFile file, VectorReadOptions options)
    {
        ReadOnlySpan<byte> head = file.From(0);
        RequireFlat(file, head);
        if (file.Length < Start)
            throw Error(file, $"ends at byte {file.Length}, in its header of {Start} bytes; it is cut short");
        int size = BinaryPrimitives.ReadInt32LittleEndian(head[SizeAt..]);
        int metric = BinaryPrimitives.ReadInt32LittleEndian(head[MetricAt..]);
        long count = BinaryPrimitives.ReadInt64LittleEndian(head[CountAt..]);
        long floats = BinaryPrimitives.ReadInt64LittleEndian(head[FloatsAt..]);
        if (metric is not (0 or 1))
            throw Error(file, $"measures by metric {metric} (byte {MetricAt}); the inner product (0) or the distance (1) was expected");
        NumberMatrix matrix = NumberMatrix.Require(file, Info.Title, Start, count, size, NumberType.Float32);
        if (floats != (long)matrix.Count * matrix.Size)
            throw Error(file, $"promises {floats} floats at byte {FloatsAt}; {matrix.Count} rows of {matrix.Size} components are " +
                $"{(long)matrix.Count * matrix.Size}. It is damaged");
        if (matrix.End != file.Length)
            throw Error(file, $"has {file.Length - matrix.End} bytes behind its floats, from byte {matrix.End} on; it is damaged");
        return matrix.Take(WordsFile.Read(file, Info, options, matrix.Count));
    }

    public IEnumerable<string> CompanionPaths(string path) => WordsFile.PathsFor(path, Info);

    public IEnumerable<Companion> Companions(WordVectors vectors, WriteTarget target) => [WordsFile.Beside(vectors, target, Info)];

    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        Span<byte> head = stackalloc byte[Start];
        head.Clear();
        InnerProduct.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[SizeAt..], vectors.Size);
        BinaryPrimitives.WriteInt64LittleEndian(head[CountAt..], vectors.Count);
        BinaryPrimitives.WriteInt64LittleEndian(head[UnusedAt..], Unused);
        BinaryPrimitives.WriteInt64LittleEndian(head[(UnusedAt + 8)..], Unused);
        head[TrainedAt] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(head[FloatsAt..], (long)vectors.Count * vectors.Size);
        stream.Write(head);
        NumberMatrix.Write(vectors, stream, target);
    }

    // The other kinds begin with Ix (plain), Iw (inverted lists), IH (graphs) or IB (binary); the size behind tells them from text.
    private static bool IsMark(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && head[0] == 'I' && "xwHB"u8.Contains(head[1]) && !head[2..4].ContainsAnyExceptInRange((byte)'0', (byte)'z');

    private static void RequireFlat(MappedFile file, ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(InnerProduct) || head.StartsWith("IxF2"u8) || head.StartsWith("IxFl"u8))
            return;
        if (head.StartsWith("IxMp"u8) || head.StartsWith("IxM2"u8))
            throw Error(file, "gives its vectors numbers of their own (IndexIDMap, byte 0); a flat index was expected. In Python, write " +
                "its index: faiss.write_index(faiss.downcast_index(index.index), …)");
        throw Error(file, $"is of the kind {ErrorText.Quote(head[..Math.Min(4, head.Length)])} (byte 0); a flat index (IxFI, IxF2 or " +
            "IxFl), which holds vectors as they are, was expected. In Python: index.reconstruct_n(0, index.ntotal)");
    }

    private static Word2VecException Error(MappedFile file, string what) => new(ErrorKind.Format, $"The Faiss index '{file.Path}' {what}.");
}
