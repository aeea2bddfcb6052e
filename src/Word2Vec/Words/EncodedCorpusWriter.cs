using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Word2Vec.Words;

/// <summary>Writes an encoded corpus from ids in first-seen order; see <see cref="EncodedCorpusFile"/> for the layout.</summary>
internal sealed class EncodedCorpusWriter(Stream stream, SelectedWords words, int maximumSentenceLength)
{
    private readonly int[] _buffer = new int[1 << 16];
    private EncodedCorpusHeader _header;
    private Checksum _checksum;
    private int _used;
    private int _sentenceLength;

    /// <summary>
    /// Reads <paramref name="ids"/> from where they stand to their end and writes the whole file. Words that were not selected vanish, and
    /// so do sentences without any other; sentences are cut after the maximum length of selected words.
    /// </summary>
    public void Write(ProvisionalIds ids, CorpusCounts text, ReadOnlySpan<byte> identity, CancellationToken cancellation)
    {
        _header.SetIdentity(identity);
        (_header.TextTokens, _header.Types, _header.Tokens) = (text.TextTokens, text.Types, words.Vocabulary.TotalCount);
        stream.Write(new byte[EncodedCorpusHeader.Size]);
        var block = new int[_buffer.Length / 2];
        for (int count = ids.Read(block); count > 0; count = ids.Read(block))
        {
            cancellation.ThrowIfCancellationRequested();
            Append(block.AsSpan(0, count));
        }

        _header.IdsChecksum = _checksum.Value;
        WriteVocabulary();
        stream.Position = 0;
        stream.Write(_header.Seal());
        stream.Flush();
    }

    // An id is followed by at most one sentence end, so a block fills at most the whole buffer.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a text is read once
    private void Append(ReadOnlySpan<int> block)
    {
        ReadOnlySpan<int> newIds = words.NewIds;
        foreach (int id in block)
        {
            if (id == EncodedCorpus.SentenceEnd)
            {
                EndSentence();
            }
            else if (newIds[id] is >= 0 and int newId)
            {
                _buffer[_used++] = newId;
                if (++_sentenceLength == maximumSentenceLength)
                    EndSentence();
            }
        }

        WriteChecked(MemoryMarshal.AsBytes(_buffer.AsSpan(0, _used)));
        _header.IdCount += _used;
        _used = 0;
    }

    private void EndSentence()
    {
        if (_sentenceLength == 0)
            return;
        _buffer[_used++] = EncodedCorpus.SentenceEnd;
        _sentenceLength = 0;
        _header.Sentences++;
    }

    private void WriteVocabulary()
    {
        var vocabulary = words.Vocabulary;
        _checksum = default;
        WriteChecked(MemoryMarshal.AsBytes(vocabulary.Counts));
        var lengths = new int[vocabulary.Count];
        for (int id = 0; id < lengths.Length; id++)
            lengths[id] = vocabulary.Words.Bytes(id).Length;
        WriteChecked(MemoryMarshal.AsBytes(lengths.AsSpan()));
        for (int id = 0; id < lengths.Length; id++)
            WriteChecked(vocabulary.Words.Bytes(id));
        _header.WordCount = lengths.Length;
        _header.VocabularyLength = 12L * lengths.Length + lengths.Sum(length => (long)length);
        _header.VocabularyChecksum = _checksum.Value;
    }

    private void WriteChecked(ReadOnlySpan<byte> bytes)
    {
        _checksum.Append(bytes);
        stream.Write(bytes);
    }
}
