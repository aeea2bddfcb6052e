using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Word2Vec.Numerics;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>
/// The format that word2vec.c writes with <c>-binary 1</c>: a line <c>words size</c>, then for each word its bytes, a space, <c>size</c>
/// little-endian floats and a \n, which gensim and the GoogleNews file leave out. Opening maps the file; the rows stay in it.
/// </summary>
/// <remarks>Source: word2vec.c, the end of TrainModel (https://code.google.com/archive/p/word2vec/).</remarks>
internal sealed unsafe class Word2VecBinary : IVectorFormat
{
    public VectorFormatInfo Info { get; } = new(VectorFormat.Word2VecBinary, "binary", "word2vec binary", [".bin"]);

    public bool Recognizes(MappedFile file) => Word2VecHeader.Find(file) is { IsBinary: true };

    /// <summary>Finds the words and rows of <paramref name="file"/>, which the result owns from then on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on, like what it calls: a file is opened once
    public WordVectors Read(MappedFile file, VectorReadOptions options)
    {
        Word2VecHeader layout = Word2VecHeader.Require(file, isBinary: true);
        int count = options.Limit == 0 ? layout.Count : Math.Min(options.Limit, layout.Count);
        var words = new WordIndex.Builder();
        var offsets = new long[count];
        long at = layout.Start, wordBytes = 0;
        for (int id = 0; id < count; id++)
        {
            ReadOnlySpan<byte> word = ReadWord(file, layout, id, ref at);
            offsets[id] = at;
            CheckRow(file, layout, id, word, at);
            at += (long)layout.Size * sizeof(float);
            wordBytes += word.Length;
            if (wordBytes > Array.MaxLength)
                throw Error(file, $"holds words of more than {Array.MaxLength} bytes up to word {id + 1}; it is damaged");
            words.Add(word);
        }

        if (count == layout.Count)
            CheckEnd(file, layout, at);
        return new WordVectors(words.Build(), layout.Size, file.Start, offsets, file);
    }

    /// <summary>Writes <paramref name="vectors"/> with a \n behind each vector, as word2vec.c does.</summary>
    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        stream.Write(Encoding.ASCII.GetBytes($"{vectors.Count} {vectors.Size}\n"));
        for (int id = 0; id < vectors.Count; id++)
        {
            WordCheck.NoSpace(vectors, id, target);
            stream.Write(vectors.Words.Bytes(id));
            stream.WriteByte((byte)' ');
            stream.Write(MemoryMarshal.AsBytes(vectors[id]));
            stream.WriteByte((byte)'\n');
        }

        GC.KeepAlive(vectors);
    }

    // The \n in front of a word ended the record before it. A vector may begin with the byte of a \n and is never stripped.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ReadOnlySpan<byte> ReadWord(MappedFile file, Word2VecHeader layout, int id, ref long at)
    {
        while (at < file.Length && file.Start[at] == '\n')
            at++;
        ReadOnlySpan<byte> rest = file.From(at);
        int space = rest.IndexOf((byte)' ');
        if (space < 0)
        {
            string found = rest.IsEmpty ? "ends" : "has no space, which ends a word,";
            throw Error(file, $"{found} behind byte {at}, where word {id + 1} of {layout.Count} was expected; it is cut short or its " +
                "first line is wrong");
        }

        at += space + 1;
        return rest[..space];
    }

    private static void CheckRow(MappedFile file, Word2VecHeader layout, int id, ReadOnlySpan<byte> word, long at)
    {
        long bytes = (long)layout.Size * sizeof(float), left = file.Length - at;
        if (bytes <= left && VectorMath.IsFinite(new ReadOnlySpan<float>(file.Start + at, layout.Size)))
            return;
        if (bytes > left)
            throw Error(file, $"ends in the vector of word {id + 1} of {layout.Count}, {ErrorText.Quote(word)}: {left} bytes behind byte " +
                $"{at}, {bytes} were expected; it is cut short or its first line is wrong");
        throw Error(file, $"has a component that is infinite or not a number in the vector of word {id + 1}, " +
            $"{ErrorText.Quote(word)}, at byte {at}; it is damaged, or its vector size is not {layout.Size}");
    }

    private static void CheckEnd(MappedFile file, Word2VecHeader layout, long at)
    {
        while (at < file.Length && file.Start[at] is (byte)'\n' or (byte)'\r')
            at++;
        if (at < file.Length)
            throw Error(file, $"has {file.Length - at} bytes behind its last word, from byte {at} on; its first line promises " +
                $"{layout.Count} words of size {layout.Size}, which does not fit");
    }

    private static Word2VecException Error(MappedFile file, string what) =>
        new(ErrorKind.Format, $"The word2vec binary '{file.Path}' {what}.");
}
