using System.Text;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>
/// NumPy's format of one array: a mark, a Python dictionary with type, order and shape, then the numbers. Its words are in a text beside it
/// (<see cref="WordsFile"/>). What is written is byte for byte what <c>numpy.save</c> writes. An array of little-endian 32-bit floats is
/// mapped; other floats and Fortran's order are read into memory.
/// </summary>
/// <remarks>Source: numpy/lib/format.py, "NPY format" (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).</remarks>
internal sealed class NumPyArray : IVectorFormat
{
    public VectorFormatInfo Info { get; } = new(VectorFormat.NumPy, "npy", "NumPy array", [".npy"])
    {
        Precisions = [VectorPrecision.Full, VectorPrecision.Half],
        HasCompanions = true,
    };

    public bool Recognizes(MappedFile file) => file.From(0).StartsWith(NumPyHeader.Mark);

    public WordVectors Read(MappedFile file, VectorReadOptions options)
    {
        NumberMatrix matrix = NumPyHeader.Read(file, Info.Title);
        return matrix.Take(WordsFile.Read(file, Info, options, matrix.Count));
    }

    public IEnumerable<string> CompanionPaths(string path) => WordsFile.PathsFor(path, Info);

    public IEnumerable<Companion> Companions(WordVectors vectors, WriteTarget target) => [WordsFile.Beside(vectors, target, Info)];

    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        string type = target.Options.Precision == VectorPrecision.Half ? "<f2" : "<f4";
        stream.Write(Header($"{{'descr': '{type}', 'fortran_order': False, 'shape': ({vectors.Count}, {vectors.Size}), }}", vectors.Count));
        NumberMatrix.Write(vectors, stream, target);
    }

    // NumPy leaves room for the number of rows to grow to 21 digits, then fills up with one to 64 spaces so that the numbers begin at a
    // multiple of 64; the header ends with \n.
    private static byte[] Header(string dictionary, int count)
    {
        const int LongestCount = 21, Alignment = 64;
        int room = LongestCount - $"{count}".Length;
        int before = NumPyHeader.Mark.Length + 4, length = dictionary.Length + room + 1;
        length += Alignment - (before + length) % Alignment;
        return
        [
            .. NumPyHeader.Mark, 1, 0, (byte)length, (byte)(length >> 8),
            .. Encoding.ASCII.GetBytes(dictionary.PadRight(length - 1)), (byte)'\n',
        ];
    }
}
