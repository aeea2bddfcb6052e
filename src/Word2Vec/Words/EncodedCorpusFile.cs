using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Word2Vec.Words;

/// <summary>An encoded corpus as a file that is mapped into memory.</summary>
/// <remarks>
/// All numbers are little-endian, all checksums CRC-32C. The length of the file is 128 + 4 · ids + length of the vocabulary.
/// <code>
///   0   8  "W2V-IDS" and a line feed
///   8   4  int32   version: 1
///  12   4  uint32  checksum of bytes 0 … 127, with these four as 0
///  16  32  identity: SHA-256 of the corpus's paths, lengths, times of writing, and options
///  48   8  int64   number of ids, sentence ends included
///  56   8  int64   number of words in the vocabulary
///  64   8  int64   length of the vocabulary in bytes
///  72   8  int64   tokens of the text          ┐
///  80   8  int64   tokens of the vocabulary    │ see CorpusCounts
///  88   8  int64   sentences                   │
///  96   8  int64   different words of the text ┘
/// 104   4  uint32  checksum of the ids
/// 108   4  uint32  checksum of the vocabulary
/// 112   8  int64   different words that were dropped while the text was read ┐
/// 120   4  uint32  the most occurrences that any word lost by that           │ see CorpusCounts; the last two stop at 2^32 − 1
/// 124   4  uint32  words of the text of 998 to 1,000 bytes                   ┘
/// 128      ids: int32 each; −1 ends a sentence and is the last
///  …       vocabulary: the count of each word (int64 each), the length of each word in bytes (int32 each), the words one after another
/// </code>
/// </remarks>
internal static unsafe class EncodedCorpusFile
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Opens the encoded corpus at <paramref name="path"/> and checks all of it.</summary>
    /// <exception cref="Word2VecException">
    /// It is damaged or no encoded corpus (<see cref="ErrorKind.Format"/>), or cannot be opened (<see cref="ErrorKind.Input"/>).
    /// </exception>
    public static EncodedCorpus Open(string path)
    {
        try
        {
            return Open(OpenStream(path), path, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Word2VecException(ErrorKind.Input, $"Cannot open the encoded corpus {path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>
    /// Opens the encoded corpus at <paramref name="path"/> where it is there, whole, and of <paramref name="identity"/>; else returns null.
    /// </summary>
    /// <param name="written">
    /// What this run has just written there, so that ids and words need no second look where the file is still that one; null: it is an earlier run's.
    /// </param>
    public static EncodedCorpus? TryOpen(string path, ReadOnlySpan<byte> identity, WrittenCorpus? written = null)
    {
        try
        {
            return OpenIdentical(OpenStream(path), path, identity, written);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Word2VecException { Kind: ErrorKind.Format })
        {
            return null;
        }
    }

    /// <summary>Maps what was written to <paramref name="stream"/>, takes it over and closes it with the corpus.</summary>
    public static EncodedCorpus OpenTemporary(FileStream stream, WrittenCorpus written) => Open(stream, null, written);

    private static FileStream OpenStream(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);

    private static EncodedCorpus? OpenIdentical(FileStream stream, string path, ReadOnlySpan<byte> identity, WrittenCorpus? written)
    {
        try
        {
            var header = ReadHeader(stream, path);
            if (header.Is(identity))
                return Map(stream, header, path, written, fromCache: written is null);
            stream.Dispose();
            return null;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static EncodedCorpus Open(FileStream stream, string? path, WrittenCorpus? written)
    {
        try
        {
            return Map(stream, ReadHeader(stream, path), path, written, fromCache: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static EncodedCorpus Map(FileStream stream, EncodedCorpusHeader header, string? path, WrittenCorpus? written, bool fromCache)
    {
        var file = new FileMap(stream);
        try
        {
            byte* ids = file.First + EncodedCorpusHeader.Size;
            Vocabulary? vocabulary = written is not null && header.SaysTheSameAs(written.Header) ? written.Vocabulary : null;
            if (vocabulary is null)
                CheckIds(file, header, path);
            vocabulary ??= ReadVocabulary(ids + 4 * header.IdCount, header, path);
            var counts = header.Counts();
            file.Release(0, file.Length);
            return new EncodedCorpus((int*)ids, header.IdCount, file, vocabulary, counts)
            {
                FilePath = path,
                FromCache = fromCache,
                Fingerprint = header.Fingerprint(),
                Checksums = (header.IdsChecksum, header.VocabularyChecksum),
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static EncodedCorpusHeader ReadHeader(FileStream stream, string? path)
    {
        var bytes = new byte[EncodedCorpusHeader.Size];
        stream.Position = 0;
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Damaged(path, $"it has {stream.Length} bytes, fewer than a header");
        if (EncodedCorpusHeader.Read(bytes, out var header) is string problem)
            throw Damaged(path, problem);
        if (header.IdCount < 1 || header.WordCount is < 1 or > int.MaxValue || header.VocabularyLength < 12 * header.WordCount
            || header.IdCount > stream.Length / 4
            || stream.Length - EncodedCorpusHeader.Size - 4 * header.IdCount != header.VocabularyLength)
        {
            throw Damaged(path, $"{header.IdCount} ids and {header.WordCount} words do not make its {stream.Length} bytes");
        }

        return header;
    }

    private static void CheckIds(FileMap file, EncodedCorpusHeader header, string? path)
    {
        byte* first = file.First + EncodedCorpusHeader.Size;
        var checksum = default(Checksum);
        uint highest = 0;
        for (long done = 0, length = 4 * header.IdCount; done < length; done += ChunkBytes)
        {
            var chunk = new ReadOnlySpan<byte>(first + done, (int)Math.Min(ChunkBytes, length - done));
            checksum.Append(chunk);
            highest = Math.Max(highest, Highest(MemoryMarshal.Cast<byte, uint>(chunk)));
            file.Release(done, EncodedCorpusHeader.Size + done + chunk.Length);
        }

        if (checksum.Value != header.IdsChecksum)
            throw Damaged(path, "the checksum of its ids does not fit");
        if (highest > header.WordCount || ((int*)first)[header.IdCount - 1] != EncodedCorpus.SentenceEnd)
            throw Damaged(path, "an id lies outside its vocabulary or its last sentence has no end");
    }

    /// <summary>The highest id + 1; a sentence end is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Highest(ReadOnlySpan<uint> ids)
    {
        var highest = Vector<uint>.Zero;
        for (; ids.Length >= Vector<uint>.Count; ids = ids[Vector<uint>.Count..])
            highest = Vector.Max(highest, new Vector<uint>(ids) + Vector<uint>.One);
        uint result = 0;
        for (int i = 0; i < Vector<uint>.Count; i++)
            result = Math.Max(result, highest[i]);
        foreach (uint id in ids)
            result = Math.Max(result, id + 1);
        return result;
    }

    private static Vocabulary ReadVocabulary(byte* first, EncodedCorpusHeader header, string? path)
    {
        var checksum = default(Checksum);
        for (long done = 0; done < header.VocabularyLength; done += ChunkBytes)
            checksum.Append(new ReadOnlySpan<byte>(first + done, (int)Math.Min(ChunkBytes, header.VocabularyLength - done)));
        if (checksum.Value != header.VocabularyChecksum)
            throw Damaged(path, "the checksum of its vocabulary does not fit");

        byte* lengths = first + 8 * header.WordCount, words = lengths + 4 * header.WordCount;
        long bytes = header.VocabularyLength - 12 * header.WordCount;
        if (bytes > Array.MaxLength)
            throw Damaged(path, $"its words have {bytes} bytes, more than this program holds");
        var counts = new long[header.WordCount];
        fixed (long* target = counts)
            Buffer.MemoryCopy(first, target, 8 * header.WordCount, 8 * header.WordCount);
        // A count below 0, or a sum beyond what the tokens of the text can be.
        if (counts.Any(count => count < 0 || count > long.MaxValue / counts.Length))
            throw Damaged(path, "a word of its vocabulary has an impossible count");
        int[] offsets = Offsets(lengths, counts.Length, bytes, path);
        return new Vocabulary(new WordIndex(new ReadOnlySpan<byte>(words, (int)bytes).ToArray(), offsets), counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Offsets(byte* lengths, int count, long bytes, string? path)
    {
        var offsets = new int[count + 1];
        for (int id = 0; id < count; id++)
        {
            int length = Unsafe.ReadUnaligned<int>(lengths + 4L * id);
            if (length < 0 || length > bytes - offsets[id])
                throw Damaged(path, $"word {id} of its vocabulary has a length of {length}");
            offsets[id + 1] = offsets[id] + length;
        }

        return offsets[count] == bytes
            ? offsets
            : throw Damaged(path, $"its words have {bytes} bytes, their lengths add up to {offsets[count]}");
    }

    private static Word2VecException Damaged(string? path, string problem) =>
        new(ErrorKind.Format, $"The encoded corpus {path ?? "(temporary)"} is damaged: {problem}; delete it and encode the text anew.");
}
