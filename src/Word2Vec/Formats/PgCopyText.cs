using System.Globalization;
using System.Text;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>
/// What PostgreSQL's <c>COPY … FROM</c> takes as text, for a table <c>(id, word, vector)</c> of pgvector: a line for each word, the fields
/// separated by tabs, the vector as <c>[1,2.5]</c> with the shortest digits that read back to the same float.
/// </summary>
/// <remarks>Source: https://www.postgresql.org/docs/current/sql-copy.html; https://github.com/pgvector/pgvector.</remarks>
internal sealed class PgCopyText : IVectorFormat
{
    // The longest that a float's shortest digits are, "-1.23456789E-38", and a separator.
    private const int LongestNumber = 24;

    public VectorFormatInfo Info { get; } = new(VectorFormat.PgCopyText, "pgcopy", "PostgreSQL COPY text", [".copy"]);

    public bool Recognizes(MappedFile file) => PgCopyTextReader.Finds(file);

    public WordVectors Read(MappedFile file, VectorReadOptions options) => new PgCopyTextReader(file).Read(options.Limit);

    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        PgVector.CheckSize(vectors, target);
        var buffer = new byte[LongestNumber * (vectors.Size + 1)];
        for (int id = 0; id < vectors.Count; id++)
        {
            PgVector.CheckWord(vectors, id, target);
            stream.Write(Encoding.ASCII.GetBytes($"{id + 1L}\t"));
            WriteEscaped(vectors.Words.Bytes(id), stream);
            int used = 0;
            foreach (float component in vectors[id])
            {
                buffer[used] = (byte)(used == 0 ? '[' : ',');
                used++;
                component.TryFormat(buffer.AsSpan(used), out int written, default, CultureInfo.InvariantCulture);
                used += written;
            }

            stream.WriteByte((byte)'\t');
            stream.Write(buffer, 0, used);
            stream.Write("]\n"u8);
        }

        GC.KeepAlive(vectors);
    }

    private static void WriteEscaped(ReadOnlySpan<byte> word, Stream stream)
    {
        ReadOnlySpan<byte> special = "\\\t\n\r\b\f\v"u8, letters = "\\tnrbfv"u8;
        for (int next = word.IndexOfAny(special); next >= 0; next = word.IndexOfAny(special))
        {
            stream.Write(word[..next]);
            stream.WriteByte((byte)'\\');
            stream.WriteByte(letters[special.IndexOf(word[next])]);
            word = word[(next + 1)..];
        }

        stream.Write(word);
    }
}
