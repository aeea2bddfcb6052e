using System.Runtime.InteropServices;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>A checkpoint: all that it takes to go on with a training, in a file.</summary>
/// <remarks>
/// All numbers are little-endian, all checksums CRC-32C. The length of the file is 256 + 16 · epochs + 4 · (input + output rows) · size.
/// <code>
///   0   8  "W2V-CKP" and a line feed
///   8   4  int32   version: 1
///  12   4  uint32  checksum of bytes 0 … 255, with these four as 0
///  16   8  int64   number of this checkpoint: the higher of two is the newer one
///  24   8  int64   ids of the corpus, sentence ends included    ┐
///  32   8  int64   words of the vocabulary                      │
///  40   8  int64   tokens of the text                           │ the corpus: see CorpusCounts
///  48   8  int64   tokens of the vocabulary                     │
///  56   8  int64   sentences                                    │
///  64   8  int64   different words of the text                  │
///  72   4  uint32  checksum of the ids                          │ as in EncodedCorpusFile
///  76   4  uint32  checksum of the vocabulary                   ┘
///  80   4  int32   vector size                                  ┐
///  84   4  int32   window                                       │
///  88   4  int32   negatives                                    │
///  92   4  int32   tile                                         │
///  96   4  int32   negatives of a tile                          │ the options
/// 100   4  int32   epochs                                       │
/// 104   8  float64 subsampling threshold                        │
/// 112   8  float64 learning rate                                │
/// 120   8  uint64  seed                                         │
/// 128   4  int32   1: deterministic; 0: not                     ┘
/// 132   4  int32   epoch, from 0                                ┐ where the next span starts: between two sentences;
/// 136   8  int64   position in the corpus, from 0               ┘ after the last epoch (epochs, 0)
/// 144   8  int64   time of training so far, in units of 100 ns
/// 152   4  uint32  checksum of the losses
/// 156   4  uint32  checksum of the input vectors
/// 160   4  uint32  checksum of the output vectors
/// 164   1  0: skip-gram; 1: CBOW                               ┐
/// 165   1  0: negative sampling; 1: hierarchical softmax        │ options too
/// 166   1  characters of the shortest n-gram; 0: no subwords    │
/// 167   1  characters of the longest n-gram                     ┘
/// 168  84  what trained, as UTF-8, cut to fit, filled up with 0
/// 252   4  int32   buckets of n-grams: an option too
/// 256      losses: for each epoch a float64 (sum) and an int64 (pairs)
///  …       input vectors: (words + buckets) · size float32, in the order of the vocabulary
///  …       output vectors: words · size float32, or max(1, words − 1) · size of a tree's inner nodes
/// </code>
/// </remarks>
internal static unsafe class CheckpointFile
{
    private const int ChunkBytes = 1 << 20;

    // A hundred years.
    private const long LongestTime = 36_500 * TimeSpan.TicksPerDay;

    /// <summary>Writes what <paramref name="header"/> does not know yet and the rows beside <paramref name="path"/>, and renames it.</summary>
    /// <exception cref="Word2VecException">It could not be written; what was there before is untouched (<see cref="ErrorKind.Output"/>).</exception>
    public static void Write(string path, CheckpointHeader header, ReadOnlySpan<TrainingLoss> losses, Weights weights)
    {
        byte[] lossBytes = MemoryMarshal.AsBytes(losses).ToArray();
        AtomicFile.Write(path, stream =>
        {
            stream.Position = CheckpointHeader.Size;
            stream.Write(lossBytes);
            header.LossesChecksum = Checksum.Of(lossBytes);
            header.InputChecksum = WriteRows(stream, weights.InputRows, weights.Size, weights.InputRow);
            header.OutputChecksum = WriteRows(stream, weights.OutputRows, weights.Size, weights.OutputRow);
            stream.Position = 0;
            stream.Write(header.Seal());
        });
    }

    /// <summary>Reads the header of <paramref name="path"/>; null where there is no such file.</summary>
    /// <exception cref="Word2VecException">It is damaged or cannot be read (<see cref="ErrorKind.Format"/>).</exception>
    public static CheckpointHeader? ReadHeader(string path)
    {
        try
        {
            using FileStream stream = Open(path);
            return ReadHeader(stream, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Damaged(path, Reason(e), e);
        }
    }

    /// <summary>Reads the rows into the weights of <paramref name="job"/>; returns the losses and how far the training was.</summary>
    /// <exception cref="Word2VecException">It is damaged or cannot be read (<see cref="ErrorKind.Format"/>); the weights may have changed.</exception>
    public static (CheckpointHeader Header, TrainingCourse Course) Read(string path, TrainingJob job)
    {
        try
        {
            using FileStream stream = Open(path);
            CheckpointHeader header = ReadHeader(stream, path);
            TrainingCourse course = ReadCourse(stream, header, job.Corpus, path);
            ReadRows(stream, job.Weights.InputRows, job.Weights.Size, job.Weights.InputRow, header.InputChecksum, "input vectors", path);
            ReadRows(stream, job.Weights.OutputRows, job.Weights.Size, job.Weights.OutputRow, header.OutputChecksum, "output vectors", path);
            if (Finiteness.FirstBadRow(job) is { } row)
                throw Damaged(path, $"{row} is not a number");
            return (header, course);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Damaged(path, Reason(e), e);
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);

    private static CheckpointHeader ReadHeader(FileStream stream, string path)
    {
        var bytes = new byte[CheckpointHeader.Size];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Damaged(path, $"it has {stream.Length} bytes, fewer than a header");
        if (CheckpointHeader.Read(bytes, out CheckpointHeader header) is string problem)
            throw Damaged(path, problem);
        bool isPossible = header.Corpus.Words is >= 1 and <= int.MaxValue && header.VectorSize is >= 1 and <= 4096 && header.Epochs is >= 1 and <= 1_000_000
            && header.Buckets >= 0 && header.Corpus.Words + header.Buckets <= int.MaxValue && header.Sequence is >= 1 and < long.MaxValue && header.ElapsedTicks is >= 0 and <= LongestTime;
        if (!isPossible || stream.Length != header.FileLength)
        {
            throw Damaged(
                path, $"{header.Epochs} epochs and {header.Corpus.Words} words of {header.VectorSize} components do not make its {stream.Length} bytes");
        }

        return header;
    }

    private static TrainingCourse ReadCourse(FileStream stream, CheckpointHeader header, EncodedCorpus corpus, string path)
    {
        var losses = new TrainingLoss[header.Epochs];
        Span<byte> bytes = MemoryMarshal.AsBytes(losses.AsSpan());
        stream.ReadExactly(bytes);
        if (Checksum.Of(bytes) != header.LossesChecksum)
            throw Damaged(path, "the checksum of its losses does not fit");
        if (losses.Any(loss => !double.IsFinite(loss.Sum) || loss.Pairs < 0))
            throw Damaged(path, "a loss is not a number");
        bool isPlace = header.Epoch == header.Epochs ? header.Position == 0
            : header.Epoch >= 0 && header.Epoch < header.Epochs && header.Position >= 0 && header.Position < corpus.Length
                && corpus.SentenceStart(header.Position) == header.Position;
        if (!isPlace)
            throw Damaged(path, $"no sentence starts at position {header.Position} of epoch {header.Epoch}");
        return new TrainingCourse(corpus.Length, header.Epoch, header.Position, losses);
    }

    private delegate Span<float> RowOf(int id);

    private static uint WriteRows(FileStream stream, int rows, int size, RowOf row)
    {
        var checksum = default(Checksum);
        int rowBytes = size * sizeof(float), rowsAtOnce = Math.Max(1, ChunkBytes / rowBytes);
        var chunk = new byte[rowsAtOnce * rowBytes];
        for (int first = 0; first < rows; first += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, rows - first);
            for (int i = 0; i < count; i++)
                MemoryMarshal.AsBytes(row(first + i)).CopyTo(chunk.AsSpan(i * rowBytes));
            checksum.Append(chunk.AsSpan(0, count * rowBytes));
            stream.Write(chunk, 0, count * rowBytes);
        }

        return checksum.Value;
    }

    private static void ReadRows(FileStream stream, int rows, int size, RowOf row, uint expected, string what, string path)
    {
        var checksum = default(Checksum);
        int rowBytes = size * sizeof(float), rowsAtOnce = Math.Max(1, ChunkBytes / rowBytes);
        var chunk = new byte[rowsAtOnce * rowBytes];
        for (int first = 0; first < rows; first += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, rows - first);
            stream.ReadExactly(chunk, 0, count * rowBytes);
            checksum.Append(chunk.AsSpan(0, count * rowBytes));
            for (int i = 0; i < count; i++)
                chunk.AsSpan(i * rowBytes, rowBytes).CopyTo(MemoryMarshal.AsBytes(row(first + i)));
        }

        if (checksum.Value != expected)
            throw Damaged(path, $"the checksum of its {what} does not fit");
    }

    private static string Reason(Exception e) => $"it cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})";

    private static Word2VecException Damaged(string path, string problem, Exception? inner = null) =>
        new(ErrorKind.Format, $"The checkpoint {path} is damaged: {problem}.", inner);
}
