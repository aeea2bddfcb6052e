using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>What a number of a file is stored as.</summary>
internal enum NumberType
{
    /// <summary>IEEE 754 binary16.</summary>
    Float16,

    /// <summary>The upper half of a binary32.</summary>
    BFloat16,

    /// <summary>IEEE 754 binary32.</summary>
    Float32,

    /// <summary>IEEE 754 binary64, rounded to the nearest 32-bit float.</summary>
    Float64,
}

/// <summary>
/// <paramref name="Count"/> rows of <paramref name="Size"/> numbers from byte <paramref name="Start"/> of a mapped file on; the file is
/// known to hold them all. Little-endian 32-bit floats, row by row, are used where they lie; all others are turned into such in memory.
/// </summary>
/// <param name="File">The file.</param>
/// <param name="Title">What errors call it: "NumPy array".</param>
/// <param name="Start">The byte of the first number.</param>
/// <param name="Count">The number of rows.</param>
/// <param name="Size">Components of each row.</param>
/// <param name="Type">What each is stored as.</param>
internal sealed unsafe record NumberMatrix(MappedFile File, string Title, long Start, int Count, int Size, NumberType Type)
{
    /// <summary>Whether the highest byte of a number comes first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>Whether the first components of all rows come first, then the second ones (Fortran's order).</summary>
    public bool IsByColumn { get; init; }

    /// <summary>The byte behind the last number.</summary>
    public long End => Start + (long)Count * Size * Width(Type);

    /// <summary>The bytes of a number.</summary>
    public static int Width(NumberType type) => type switch
    {
        NumberType.Float64 => 8,
        NumberType.Float32 => 4,
        _ => 2,
    };

    /// <summary>Makes a matrix of numbers that a header gave, after it is certain that the file holds it.</summary>
    /// <exception cref="Word2VecException">It does not, or there is nothing in it.</exception>
    public static NumberMatrix Require(MappedFile file, string title, long start, Int128 count, Int128 size, NumberType type)
    {
        if (count < 1 || size < 1)
            throw Error(file, title, $"promises {count} rows of {size} components; both must be 1 or more");
        if (count > Array.MaxLength || size > Array.MaxLength || count * size * Width(type) > file.Length - start)
            throw Error(file, title, $"promises {count} rows of {size} components of {Width(type)} bytes from byte {start} on, where " +
                $"{file.Length - start} bytes are left; it is cut short or its header is wrong");
        return new NumberMatrix(file, title, start, (int)count, (int)size, type);
    }

    /// <summary>Returns the first rows as the vectors of <paramref name="words"/>, of which there are no more than rows.</summary>
    /// <param name="output">What their <see cref="WordVectors.OutputVectors"/> are, in the same file.</param>
    /// <exception cref="Word2VecException">A component is not finite; the message names its byte.</exception>
    public WordVectors Take(WordList words, WordVectors? output = null)
    {
        bool isMapped = Type == NumberType.Float32 && !IsBigEndian && !IsByColumn;
        return isMapped ? Map(words, output) : Decode(words);
    }

    /// <summary>Writes the rows of <paramref name="vectors"/> one after another, as 32-bit or 16-bit floats.</summary>
    /// <exception cref="Word2VecException">A component is too large for a 16-bit float.</exception>
    public static void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        var halves = new Half[target.Options.Precision == VectorPrecision.Half ? vectors.Size : 0];
        for (int id = 0; id < vectors.Count; id++)
        {
            if (halves.Length == 0)
            {
                stream.Write(MemoryMarshal.AsBytes(vectors[id]));
                continue;
            }

            TensorPrimitives.ConvertToHalf(vectors[id], halves);
            if (Array.Exists(halves, half => !Half.IsFinite(half)))
                throw new Word2VecException(ErrorKind.Output, $"The vector of the word {ErrorText.Quote(vectors.Words.Bytes(id))} " +
                    $"(number {id + 1}) holds a component beyond ±65504, which a 16-bit float cannot hold in '{target.Path}'. Write " +
                    "32-bit floats, or bring the vectors to length 1 first.");
            stream.Write(MemoryMarshal.AsBytes<Half>(halves));
        }

        GC.KeepAlive(vectors);
    }

    private WordVectors Map(WordList words, WordVectors? output)
    {
        byte* first = File.Start + Start;
        Check(words, id => new ReadOnlySpan<float>(first + (long)id * Size * sizeof(float), Size));
        return new WordVectors(words.Words, Size, first, (long)Size * sizeof(float), File)
        {
            Counts = words.Counts,
            Metadata = words.Metadata,
            OutputVectors = output,
        };
    }

    private WordVectors Decode(WordList words)
    {
        var rows = new NativeBuffer<float>((long)words.Words.Count * Size);
        try
        {
            Check(words, id =>
            {
                var row = new Span<float>(rows.First + (long)id * Size, Size);
                Decode(id, row);
                return row;
            });
        }
        catch
        {
            rows.Dispose();
            throw;
        }

        File.Dispose();
        return new WordVectors(words.Words, Size, rows.First, (long)Size * sizeof(float), rows) { Counts = words.Counts, Metadata = words.Metadata };
    }

    private void Decode(int id, Span<float> row)
    {
        if (Type == NumberType.Float16 && !IsBigEndian && !IsByColumn)
        {
            TensorPrimitives.ConvertToSingle(new ReadOnlySpan<Half>(File.Start + At(id, 0), Size), row);
            return;
        }

        for (int i = 0; i < row.Length; i++)
            row[i] = Number(new ReadOnlySpan<byte>(File.Start + At(id, i), sizeof(double)));
    }

    private long At(int id, int component) =>
        Start + (IsByColumn ? (long)component * Count + id : (long)id * Size + component) * Width(Type);

    // The span may reach behind the file; only the number's own bytes are touched.
    private float Number(ReadOnlySpan<byte> at) => (Type, IsBigEndian) switch
    {
        (NumberType.Float16, false) => (float)BinaryPrimitives.ReadHalfLittleEndian(at),
        (NumberType.Float16, true) => (float)BinaryPrimitives.ReadHalfBigEndian(at),
        (NumberType.BFloat16, false) => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(at) << 16),
        (NumberType.BFloat16, true) => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16BigEndian(at) << 16),
        (NumberType.Float32, false) => BinaryPrimitives.ReadSingleLittleEndian(at),
        (NumberType.Float32, true) => BinaryPrimitives.ReadSingleBigEndian(at),
        (_, false) => (float)BinaryPrimitives.ReadDoubleLittleEndian(at),
        (_, true) => (float)BinaryPrimitives.ReadDoubleBigEndian(at),
    };

    private void Check(WordList words, FiniteRows.Reader rows)
    {
        int id = FiniteRows.FirstNotFinite(words.Words.Count, rows, File.Cancellation);
        if (id < 0)
            return;
        ReadOnlySpan<float> row = rows(id);
        int component = 0;
        while (float.IsFinite(row[component]))
            component++;
        throw Error(File, Title, $"has a component that is infinite, not a number or too large for a 32-bit float at byte " +
            $"{At(id, component)}, in row {id + 1}, {ErrorText.Quote(words.Words.Bytes(id))}; it is damaged, or its training failed");
    }

    private static Word2VecException Error(MappedFile file, string title, string what) =>
        new(ErrorKind.Format, $"The {title} '{file.Path}' {what}.");
}
