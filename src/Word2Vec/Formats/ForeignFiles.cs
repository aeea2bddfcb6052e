using System.Text;

namespace Word2Vec.Formats;

/// <summary>Names files that hold no vectors, or hold them in a form that is not read.</summary>
internal static class ForeignFiles
{
    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;

    private static readonly (byte[] Start, string Message)[] Foreign =
    [
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "is compressed with xz; unpack it first"),
        ([0x28, 0xb5, 0x2f, 0xfd], "is compressed with zstd; unpack it first"),
        ([0x42, 0x5a, 0x68, 0x39], "is compressed with bzip2; unpack it first"),
        ([0x04, 0x22, 0x4d, 0x18], "is compressed with lz4; unpack it first"),
        ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "is a 7z archive; unpack it and open the file of vectors that it holds"),
        ("Rar!"u8.ToArray(), "is a rar archive; unpack it and open the file of vectors that it holds"),
        ([0x89, .. "HDF"u8], "is an HDF5 file (.h5); in Python, numpy.save the array of vectors and write its words as a text, one a line"),
        ("GGUF"u8.ToArray(), "is a language model (.gguf), not a file of words and vectors"),
        ("ARROW1"u8.ToArray(), "is an Arrow file (.arrow, .feather), which is not read; write it as Parquet, or numpy.save its vectors"),
        ([0xff, 0xfe], "is text in UTF-16; save it as UTF-8"),
        ([0xfe, 0xff], "is text in UTF-16; save it as UTF-8"),
    ];

    /// <exception cref="Word2VecException">The content of <paramref name="file"/> is of a kind that is known and not read.</exception>
    public static void Refuse(MappedFile file)
    {
        ReadOnlySpan<byte> head = file.From(0)[..(int)Math.Min(512, file.Length)];
        foreach ((byte[] magic, string message) in Foreign)
        {
            if (head.StartsWith(magic))
                throw Error(file, message);
        }

        if (head.StartsWith(Zip))
            throw Error(file, Archive(head));
        const int TarMarkAt = 257;
        if (head.Length > TarMarkAt && head[TarMarkAt..].StartsWith("ustar"u8))
            throw Error(file, "is a tar archive; unpack it and open the file of vectors that it holds");
        if (head.Length >= 2 && head[0] == 0x80 && head[1] is >= 2 and <= 5)
            throw Error(file, "is a Python pickle (gensim's .kv or .model), which can run code and is not read; in Python, call " +
                "KeyedVectors.load(…).save_word2vec_format(…, binary=True)");
        string text = Encoding.Latin1.GetString(head).TrimStart('\u00ef', '\u00bb', '\u00bf', ' ', '\t', '\r', '\n');
        string[] pages = ["<!doctype", "<html", "<head", "<?xml"];
        if (pages.Any(page => text.StartsWith(page, StringComparison.OrdinalIgnoreCase)))
            throw Error(file, "is a web page, not vectors; the download gave an error or a log-in page in place of the file");
    }

    // The name of a zip's first entry tells whose it is; its length stands at byte 26, the name at byte 30.
    private static string Archive(ReadOnlySpan<byte> head)
    {
        const int LengthAt = 26, NameAt = 30;
        int length = head.Length < NameAt ? 0 : Math.Min(head[LengthAt] + 256 * head[LengthAt + 1], head.Length - NameAt);
        ReadOnlySpan<byte> name = length == 0 ? [] : head.Slice(NameAt, length);
        if (name.EndsWith(".npy"u8))
            return "is an archive of NumPy arrays (.npz); unpack it, or numpy.save the array of vectors, and open the .npy";
        if (name.EndsWith("data.pkl"u8))
            return "is a PyTorch file, a Python pickle, which can run code and is not read; in Python, save the vectors as safetensors " +
                "or with numpy.save";
        return "is a zip archive; unpack it and open the file of vectors that it holds";
    }

    private static Word2VecException Error(MappedFile file, string what) => new(ErrorKind.Format, $"'{file.Path}' {what}.");
}
