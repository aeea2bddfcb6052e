using System.Buffers.Binary;
using System.Numerics.Tensors;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>
/// fastText's own format: arguments, dictionary, then the matrix of the words and n-grams and that of the outputs. Written as a model of
/// words without n-grams; its outputs are <see cref="WordVectors.OutputVectors"/>, or 0 where there are none. Where a model has no n-grams, its
/// rows are mapped; otherwise a word's vector is the mean that fastText's get_word_vector gives, computed when the file is opened. Outputs that
/// belong to words and are not all 0 are mapped. Quantized models are refused.
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
        return hasNgrams ? Average(header, dictionary, matrix, output) : matrix.Take(dictionary.Words, output);
    }

    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        if (vectors.OutputVectors is { } other && (other.Count, other.Size) != (vectors.Count, vectors.Size))
            throw new Word2VecException(ErrorKind.Output, $"There are {vectors.Count} vectors of {vectors.Size} components and {other.Count} output " +
                $"vectors of {other.Size}, which cannot be written into '{target.Path}' together. Leave the output vectors out.");
        FastTextHeader.Write(stream, vectors.Size);
        FastTextDictionary.Write(vectors, stream, target);
        WriteMatrixHeader(vectors, stream);
        NumberMatrix.Write(vectors, stream, target);
        WriteMatrixHeader(vectors, stream);
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

    private static WordVectors Average(FastTextHeader header, FastTextDictionary dictionary, NumberMatrix matrix, WordVectors? output)
    {
        WordIndex words = dictionary.Words.Words;
        CheckLengths(matrix.File, words);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = matrix.File.Cancellation };
        var means = new NativeBuffer<float>((long)words.Count * matrix.Size);
        try
        {
            Parallel.For(0, words.Count, options, () => new List<int>(), (id, _, rows) =>
            {
                FindRows(header, dictionary, id, rows);
                Average(matrix, rows, new Span<float>(means.First + (long)id * matrix.Size, matrix.Size));
                return rows;
            }, _ => { });
            for (int id = 0; id < words.Count; id++)
                Check(matrix, header, dictionary, id, new ReadOnlySpan<float>(means.First + (long)id * matrix.Size, matrix.Size));
        }
        catch
        {
            means.Dispose();
            throw;
        }

        // Otherwise the file ends with the outputs.
        if (output is null)
            matrix.File.Dispose();
        return new WordVectors(words, matrix.Size, means.First, (long)matrix.Size * sizeof(float), means)
        {
            Counts = dictionary.Words.Counts,
            OutputVectors = output,
        };
    }

    /// <summary>Puts the rows of which the vector of word <paramref name="id"/> is the mean into <paramref name="rows"/>: its own, then its n-grams'.</summary>
    private static void FindRows(FastTextHeader header, FastTextDictionary dictionary, int id, List<int> rows)
    {
        rows.Clear();
        new Ngrams(header.ShortestNgram, header.LongestNgram, header.Buckets).AddBuckets(dictionary.Words.Words.Bytes(id), rows);
        for (int i = 0; i < rows.Count; i++)
            rows[i] += dictionary.Count;
        rows.Insert(0, id);
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

    // In fastText's order and precision: a sum from 0 on in 32 bits, then one product with the reciprocal.
    private static void Average(NumberMatrix matrix, List<int> rows, Span<float> mean)
    {
        mean.Clear();
        foreach (int row in rows)
            TensorPrimitives.Add(mean, Row(matrix, row), mean);
        TensorPrimitives.Multiply(mean, (float)(1.0 / rows.Count), mean);
    }

    private static void Check(NumberMatrix matrix, FastTextHeader header, FastTextDictionary dictionary, int id, ReadOnlySpan<float> mean)
    {
        if (TensorPrimitives.IsFiniteAll(mean))
            return;
        var rows = new List<int>();
        ReadOnlySpan<byte> word = dictionary.Words.Words.Bytes(id);
        FindRows(header, dictionary, id, rows);
        int wrong = rows.FirstOrDefault(row => !TensorPrimitives.IsFiniteAll(Row(matrix, row)), id);
        throw new Word2VecException(ErrorKind.Format, $"The {matrix.Title} '{matrix.File.Path}' has a component that is infinite, not a " +
            $"number or too large in row {wrong + 1} at byte {matrix.Start + (long)wrong * matrix.Size * sizeof(float)}, a part of word " +
            $"{id + 1}, {ErrorText.Quote(word)}; it is damaged.");
    }

    private static ReadOnlySpan<float> Row(NumberMatrix matrix, int row) =>
        new((float*)(matrix.File.Start + matrix.Start) + (long)row * matrix.Size, matrix.Size);

    private static void WriteMatrixHeader(WordVectors vectors, Stream stream)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * sizeof(long)];
        bytes.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], vectors.Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[9..], vectors.Size);
        stream.Write(bytes);
    }
}
