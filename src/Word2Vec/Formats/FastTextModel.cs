using System.Buffers.Binary;
using System.Numerics.Tensors;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>
/// fastText's own format: arguments, dictionary, then the matrix of the words and n-grams and that of the outputs, which are
/// <see cref="WordVectors.OutputVectors"/>, or 0 where there are none. Where vectors have subwords these are the matrix, otherwise the vectors are, and the
/// model has no n-grams. Rows and outputs are mapped; where there are n-grams a word's vector is the mean that fastText's get_word_vector gives,
/// computed when the file is opened, and the rows are <see cref="WordVectors.Subwords"/>. Quantized models are refused.
/// </summary>
/// <remarks>Source: fastText 0.9.2, fasttext.cc (saveModel, loadModel, getWordVector), args.cc, dictionary.cc and densematrix.cc.</remarks>
internal sealed unsafe class FastTextModel : IVectorFormat
{
    public VectorFormatInfo Info { get; } = new(VectorFormat.FastText, "fasttext", "fastText model", [".ftbin"]);

    public bool Recognizes(MappedFile file) =>
        file.Length >= sizeof(int) && BinaryPrimitives.ReadInt32LittleEndian(file.From(0)) == FastTextHeader.Magic;

    public WordVectors Read(MappedFile file, VectorReadOptions options)
    {
        var cursor = new FileCursor(file, Info.Title);
        FastTextHeader header = FastTextHeader.Read(cursor);
        FastTextDictionary dictionary = FastTextDictionary.Read(cursor, options.Limit);
        NumberMatrix matrix = ReadMatrix(file, cursor, header, dictionary);
        WordVectors? output = ReadOutput(file, cursor, header, dictionary);
        bool hasNgrams = header is { LongestNgram: > 0, Buckets: > 0 } && dictionary.HasNgrams;
        return hasNgrams ? WithSubwords(header, dictionary, matrix, output) : matrix.Take(dictionary.Words, output);
    }

    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        if (vectors.OutputVectors is { } other && (other.Count, other.Size) != (vectors.Count, vectors.Size))
            throw new Word2VecException(ErrorKind.Output, $"There are {vectors.Count} vectors of {vectors.Size} components and {other.Count} output " +
                $"vectors of {other.Size}, which cannot be written into '{target.Path}' together. Leave the output vectors out.");
        SubwordRows.Check(vectors, target);
        FastTextHeader.Write(stream, vectors);
        FastTextDictionary.Write(vectors, stream, target);
        WriteMatrixHeader(vectors, vectors.Subwords?.Buckets ?? 0, stream);
        if (vectors.Subwords is { } subwords)
            SubwordRows.Write(subwords, stream);
        else
            NumberMatrix.Write(vectors, stream, target);
        WriteMatrixHeader(vectors, 0, stream);
        if (vectors.OutputVectors is { } output)
        {
            RequireFinite(output, vectors, target);
            NumberMatrix.Write(output, stream, target);
            return;
        }

        var zeros = new byte[1 << 16];
        for (long left = (long)vectors.Count * vectors.Size * sizeof(float); left > 0; left -= zeros.Length)
            stream.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
    }

    // What quantization does to a matrix is told by a byte before it.
    private NumberMatrix ReadMatrix(MappedFile file, FileCursor cursor, FastTextHeader header, FastTextDictionary dictionary)
    {
        if (cursor.Byte("whether it is quantized") != 0)
            throw cursor.Error($"is quantized (byte {cursor.Position - 1}; fastText's .ftz), so that its vectors are not whole; open " +
                "the .bin that it was made from");
        NumberMatrix matrix = ReadMatrixHeader(file, cursor);
        if (matrix.Count != (long)dictionary.Count + header.Buckets || matrix.Size != header.Size)
            throw cursor.Error($"has a matrix of {matrix.Count} × {matrix.Size} before byte {matrix.Start}; {dictionary.Count} words " +
                $"and {header.Buckets} buckets of {header.Size} components were expected. It is damaged");
        cursor.MoveTo(matrix.End);
        return matrix;
    }

    private WordVectors? ReadOutput(MappedFile file, FileCursor cursor, FastTextHeader header, FastTextDictionary dictionary)
    {
        bool isQuantized = cursor.Byte("whether its outputs are quantized") != 0;
        if (isQuantized)
            return null;
        NumberMatrix output = ReadMatrixHeader(file, cursor);
        if (output.Size != header.Size || output.End != file.Length)
            throw cursor.Error($"has outputs of {output.Count} × {output.Size} before byte {output.Start} and " +
                $"{file.Length - output.End} bytes behind them; {header.Size} components and nothing behind were expected. It is damaged");
        if (!header.HasWordOutputs || output.Count != dictionary.Count || IsZero(output))
            return null;
        return output.Take(new WordList(dictionary.Words.Words, null));
    }

    // Outputs of a training are not, so that a look at the first row is enough as a rule.
    private static bool IsZero(NumberMatrix matrix)
    {
        int row = 0;
        while (row < matrix.Count && !Row(matrix, row).ContainsAnyExcept(0f))
            row++;
        return row == matrix.Count;
    }

    private static void RequireFinite(WordVectors output, WordVectors vectors, WriteTarget target)
    {
        for (int id = 0; id < output.Count; id++)
        {
            if (!TensorPrimitives.IsFiniteAll(output[id]))
                throw new Word2VecException(ErrorKind.Output, $"The output vector of the word {ErrorText.Quote(vectors.Words.Bytes(id))} (number " +
                    $"{id + 1}) holds a component that is infinite or not a number and could not be read back from '{target.Path}'. Train again " +
                    "with a lower learning rate.");
        }

        GC.KeepAlive(output);
    }

    private NumberMatrix ReadMatrixHeader(MappedFile file, FileCursor cursor)
    {
        long rows = cursor.Int64("a matrix's rows"), columns = cursor.Int64("a matrix's columns");
        return NumberMatrix.Require(file, Info.Title, cursor.Position, rows, columns, NumberType.Float32);
    }

    private static WordVectors WithSubwords(FastTextHeader header, FastTextDictionary dictionary, NumberMatrix matrix, WordVectors? output)
    {
        WordIndex words = dictionary.Words.Words;
        CheckLengths(matrix.File, words);
        var ngrams = new Ngrams(header.ShortestNgram, header.LongestNgram, header.Buckets);
        long stride = (long)matrix.Size * sizeof(float);
        byte* first = matrix.File.Start + matrix.Start;
        var subwords = new SubwordVectors(words, ngrams, matrix.Size, first, first + dictionary.Count * stride, stride, matrix.File);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = matrix.File.Cancellation };
        var means = new NativeBuffer<float>((long)words.Count * matrix.Size);
        try
        {
            Parallel.For(0, words.Count, options, () => new List<int>(), (id, _, buckets) =>
            {
                subwords.Mean(id, buckets, new Span<float>(means.First + (long)id * matrix.Size, matrix.Size));
                return buckets;
            }, _ => { });
            for (int id = 0; id < words.Count; id++)
                Check(matrix, subwords, dictionary.Count, id, new ReadOnlySpan<float>(means.First + (long)id * matrix.Size, matrix.Size));
        }
        catch
        {
            means.Dispose();
            throw;
        }

        return new WordVectors(words, matrix.Size, means.First, stride, means) { Counts = dictionary.Words.Counts, OutputVectors = output, Subwords = subwords };
    }

    // A byte of a word may begin a hundred n-grams, and so a word of megabytes would take gigabytes.
    private static void CheckLengths(MappedFile file, WordIndex words)
    {
        for (int id = 0; id < words.Count; id++)
        {
            if (words.Bytes(id).Length > Ngrams.LongestWord)
                throw new Word2VecException(ErrorKind.Format, $"The fastText model '{file.Path}' has a word of {words.Bytes(id).Length} " +
                    $"bytes, word {id + 1}, {ErrorText.Quote(words.Bytes(id))}; where words have n-grams, up to {Ngrams.LongestWord} are read. It is damaged.");
        }
    }

    private static void Check(NumberMatrix matrix, SubwordVectors subwords, int firstBucket, int id, ReadOnlySpan<float> mean)
    {
        if (TensorPrimitives.IsFiniteAll(mean))
            return;
        ReadOnlySpan<byte> word = subwords.Words.Bytes(id);
        var buckets = new List<int>();
        subwords.Ngrams.AddBuckets(word, buckets);
        int wrong = buckets.Select(bucket => firstBucket + bucket).Prepend(id).FirstOrDefault(row => !TensorPrimitives.IsFiniteAll(Row(matrix, row)), id);
        throw new Word2VecException(ErrorKind.Format, $"The {matrix.Title} '{matrix.File.Path}' has a component that is infinite, not a " +
            $"number or too large in row {wrong + 1} at byte {matrix.Start + (long)wrong * matrix.Size * sizeof(float)}, a part of word " +
            $"{id + 1}, {ErrorText.Quote(word)}; it is damaged.");
    }

    private static ReadOnlySpan<float> Row(NumberMatrix matrix, int row) =>
        new((float*)(matrix.File.Start + matrix.Start) + (long)row * matrix.Size, matrix.Size);

    private static void WriteMatrixHeader(WordVectors vectors, int buckets, Stream stream)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * sizeof(long)];
        bytes.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], vectors.Count + (long)buckets);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[9..], vectors.Size);
        stream.Write(bytes);
    }
}
