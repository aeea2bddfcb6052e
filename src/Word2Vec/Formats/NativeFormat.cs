using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>
/// The project's own format: all that is known of the vectors, with a checksum for each section. It is mapped, and has the table of words and the
/// lengths of the vectors ready, so that opening builds nothing and reads no row.
/// </summary>
/// <remarks>
/// All numbers are little-endian; a checksum is CRC-32C. V is the number of words, D the vector size, B the bytes of a component: 4, 2 or 1.
/// <code>
///   0   8  "W2V-VEC" and a line feed
///   8   4  uint32  version: 1
///  12   4  uint32  checksum of the header, with these four bytes as 0
///  16   8  int64   length of the file in bytes
///  24   8  int64   V
///  32   4  int32   D
///  36   4  int32   components: 0 float32, 1 float16, 2 int8
///  40   4  int32   number of sections, S
///  44  20  0
///  64 24S  a section each: int32 kind, int32 0, int64 byte where it begins, int64 length in bytes
/// </code>
/// The sections lie in this order, each from the next multiple of 64 on, with zeros between them; those in brackets may be missing. A reader passes
/// over kinds that it does not know.
/// <code>
///   1  [metadata]        for each entry: int32 length and UTF-8 of its name, int32 length and UTF-8 of its value
///   2  words             the bytes of all words, one after another
///   3  word offsets      int32 each, V + 1 of them: where each word begins in the section of words; the last one is that section's length
///   4  word slots        int32 each: the hash table, see WordSlots
///   5  [counts]          int64 each, V of them: how often each word stood in the corpus
///   6  rows              V · D components, row after row without gaps
///   7  [factors]         float32 each, V of them: what the components of each row are multiplied by; with int8 only, and always
///   8  unit scales       float32 each, V of them: one over the length of each row as it is read; 0 for a row of zeros, NaN for a length
///                        below 1e-15 or above 1e15; the squares are added up in 64 bits
///   9  [output rows]     as the rows: the output vectors, which a training needs to go on
///  10  [output factors]  as the factors
///  12  [subwords]        int32 each: characters of the shortest and of the longest n-gram, the number of buckets, B, and 0
///  13  [subword rows]    V + B rows, as the rows: what the vectors are means of, a row for each word, then for each bucket; with subwords, and always
///  14  [subword factors] as the factors, V + B of them
///  11  checksums         uint32 each: for each section before, of its bytes and the zeros up to the next one; last, of these checksums
/// </code>
/// The checksums stand at the end so that the file is written in one go, into a pipe if need be; a file that is cut short has not the length that
/// its header says. Header and sections are checked on opening; rows of all kinds only where they have at most 64 MB, are not float32, or
/// <see cref="VectorReadOptions.Verify"/> asks for it.
/// </remarks>
internal sealed class NativeFormat : IVectorFormat
{
    public VectorFormatInfo Info { get; } = new(VectorFormat.Native, "native", "Word2Vec file", [".w2v"])
    {
        Precisions = [VectorPrecision.Full, VectorPrecision.Half, VectorPrecision.Quantized],
    };

    public bool Recognizes(MappedFile file) => file.From(0).StartsWith(NativeHeader.Magic);

    public WordVectors Read(MappedFile file, VectorReadOptions options) =>
        new NativeReader(file, NativeHeader.Read(file), options).Read();

    public void Write(WordVectors vectors, Stream stream, WriteTarget target) => new NativeWriter(vectors, stream, target).Write();
}
