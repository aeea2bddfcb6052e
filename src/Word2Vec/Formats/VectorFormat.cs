namespace Word2Vec.Formats;

/// <summary>The formats that vectors are read from and written in; <see cref="VectorFile.Formats"/> tells more of each.</summary>
public enum VectorFormat
{
    /// <summary>word2vec binary: a line "words size", then each word, a space and little-endian floats (.bin).</summary>
    Word2VecBinary,

    /// <summary>word2vec text: a line "words size", then a line for each word (.txt, .vec).</summary>
    Word2VecText,

    /// <summary>GloVe text: word2vec text without its first line (.glove).</summary>
    GloVe,

    /// <summary>A Word2Vec file: everything that is known of the vectors, checksummed, ready to be asked when it is mapped (.w2v).</summary>
    Native,

    /// <summary>A NumPy array of a row for each word (.npy), with the words in a text beside it.</summary>
    NumPy,

    /// <summary>A Faiss index of the vectors as they are (.faiss), with the words in a text beside it.</summary>
    Faiss,

    /// <summary>Hugging Face's safetensors, with the words as tensors (.safetensors).</summary>
    Safetensors,

    /// <summary>
    /// A fastText model: words and counts, and n-grams where it was trained with them (.ftbin; fastText itself says .bin).
    /// </summary>
    FastText,

    /// <summary>A table of numbers for TensorBoard's projector (.tsv), with a table of words and a configuration beside it.</summary>
    Projector,

    /// <summary>An SQLite database with a table of words and vectors, ready for sqlite-vec (.sqlite, .db).</summary>
    Sqlite,

    /// <summary>What PostgreSQL's COPY takes as text, with vectors of pgvector: id, word and vector, separated by tabs (.copy).</summary>
    PgCopyText,

    /// <summary>The same as PostgreSQL's COPY takes it in binary (.pgcopy).</summary>
    PgCopyBinary,

    /// <summary>A Parquet file with a column of words and one of lists of floats (.parquet).</summary>
    Parquet,
}

/// <summary>What a component of a vector is stored as; it is always read back as a 32-bit float.</summary>
public enum VectorPrecision
{
    /// <summary>A 32-bit float: what was trained, bit for bit.</summary>
    Full,

    /// <summary>A 16-bit float (IEEE 754 binary16): half the space, 11 bits of each component's precision.</summary>
    Half,

    /// <summary>A signed byte times a factor for each vector: a quarter of the space, 8 bits of the vector's largest component.</summary>
    Quantized,
}

/// <summary>What there is to know of a format before a file is opened or saved.</summary>
/// <param name="Format">The format.</param>
/// <param name="Name">Its short name, as the command line's options take it: <c>binary</c>.</param>
/// <param name="Title">Its name in a sentence: "word2vec binary".</param>
/// <param name="Endings">The endings of file names that stand for it, the usual one first, with their dots, in lower case.</param>
public sealed record VectorFormatInfo(VectorFormat Format, string Name, string Title, IReadOnlyList<string> Endings)
{
    /// <summary>What it can store a component as, the usual one first.</summary>
    public IReadOnlyList<VectorPrecision> Precisions { get; init; } = [VectorPrecision.Full];

    /// <summary>Whether a second file beside the first belongs to it, so that it cannot go through a pipe.</summary>
    public bool HasCompanions { get; init; }
}
