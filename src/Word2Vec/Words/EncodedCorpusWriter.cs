using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Word2Vec.Words;

/// <summary>What was just written to a file: who opens it again need not read it all.</summary>
internal sealed record WrittenCorpus(EncodedCorpusHeader Header, Vocabulary Vocabulary);

/// <summary>Writes an encoded corpus from ids in first-seen order; see <see cref="EncodedCorpusFile"/> for the layout.</summary>
internal sealed class EncodedCorpusWriter(Stream stream, SelectedWords words, int maximumSentenceLength)
{
    private readonly int[] _buffer = new int[1 << 16];
    private EncodedCorpusHeader _header;
    private Checksum _checksum;
    private int _sentenceLength;

    /// <summary>
    /// Reads <paramref name="ids"/> from where they stand to their end and writes the whole file. Words that were not selected vanish, and
    /// so do sentences without any other; sentences are cut after the maximum length of selected words. Returns what the file holds.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public WrittenCorpus Write(ProvisionalIds ids, CorpusCounts text, ReadOnlySpan<byte> identity, CancellationToken cancellation)
    {
        _header.SetIdentity(identity);
        _header.SetCounts(text);
        stream.Write(new byte[EncodedCorpusHeader.Size]);
        var block = new int[_buffer.Length / 2];
        for (int count = ids.Read(block); count > 0; count = ids.Read(block))
        {
            cancellation.ThrowIfCancellationRequested();
            for (int done = 0, part; done < count; done += part)
            {
                part = words.NewIds.Advance(count - done);
                Append(block.AsSpan(done, part));
            }
        }

        _header.IdsChecksum = _checksum.Value;
        WriteVocabulary();
        stream.Position = 0;
        stream.Write(_header.Seal());
        stream.Flush();
        return new WrittenCorpus(_header, words.Vocabulary);
    }

    // An id is followed by at most one sentence end, so a block fills at most the whole buffer. An id that was not selected is written too,
    // and overwritten by the next one: cheaper than a branch that goes wrong.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a text is read once
    private void Append(ReadOnlySpan<int> block)
    {
        ReadOnlySpan<int> newIds = words.NewIds.Ids;
        Span<int> buffer = _buffer;
        int used = 0, length = _sentenceLength, longest = maximumSentenceLength;
        foreach (int id in block)
        {
            if (id != EncodedCorpus.SentenceEnd)
            {
                int newId = newIds[id];
                int isSelected = (int)(~(uint)newId >> 31);
                buffer[used] = newId;
                used += isSelected;
                length += isSelected;
                if (length < longest)
                    continue;
            }

            if (length == 0)
                continue;
            buffer[used++] = EncodedCorpus.SentenceEnd;
            length = 0;
            _header.Sentences++;
        }

        _sentenceLength = length;
        WriteChecked(MemoryMarshal.AsBytes(buffer[..used]));
        _header.IdCount += used;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteVocabulary()
    {
        var vocabulary = words.Vocabulary;
        _checksum = default;
        WriteChecked(MemoryMarshal.AsBytes(vocabulary.Counts));
        var lengths = new int[vocabulary.Count];
        for (int id = 0; id < lengths.Length; id++)
            lengths[id] = vocabulary.Words.Bytes(id).Length;
        WriteChecked(MemoryMarshal.AsBytes(lengths.AsSpan()));
        WriteChecked(vocabulary.Words.AllBytes);
        _header.WordCount = lengths.Length;
        _header.VocabularyLength = 12L * lengths.Length + vocabulary.Words.AllBytes.Length;
        _header.VocabularyChecksum = _checksum.Value;
    }

    private void WriteChecked(ReadOnlySpan<byte> bytes)
    {
        _checksum.Append(bytes);
        stream.Write(bytes);
    }
}
