using System.Text;

namespace Word2Vec.Formats;

/// <summary>Names files that hold no vectors, or hold them in a form that is not read.</summary>
internal static class ForeignFiles
{
    private const int FastTextMagic = 793712314;

    private static readonly (byte[] Start, string Message)[] Foreign =
    [
        ([0x50, 0x4b, 0x03, 0x04], "is a zip archive; unpack it and open the file of vectors that it holds"),
        ([0x93, .. "NUMPY"u8], "is a NumPy array (.npy) without words; save word2vec text or binary instead"),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "is compressed with xz; unpack it first"),
        ([0x28, 0xb5, 0x2f, 0xfd], "is compressed with zstd; unpack it first"),
        ([0x42, 0x5a, 0x68, 0x39], "is compressed with bzip2; unpack it first"),
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

        if (head.Length >= 4 && BitConverter.ToInt32(head) == FastTextMagic)
            throw Error(file, "is a fastText model (.bin), not word2vec binary; open the .vec file that fastText writes beside it");
        if (head.Length >= 2 && head[0] == 0x80 && head[1] is >= 2 and <= 5)
            throw Error(file, "is a Python pickle (gensim's .kv or .model), which can run code and is not read; in Python, call " +
                "KeyedVectors.load(…).save_word2vec_format(…, binary=True)");
        string text = Encoding.Latin1.GetString(head).TrimStart('\u00ef', '\u00bb', '\u00bf', ' ', '\t', '\r', '\n');
        string[] pages = ["<!doctype", "<html", "<head", "<?xml"];
        if (pages.Any(page => text.StartsWith(page, StringComparison.OrdinalIgnoreCase)))
            throw Error(file, "is a web page, not vectors; the download gave an error or a log-in page in place of the file");
    }

    private static Word2VecException Error(MappedFile file, string what) => new(ErrorKind.Format, $"'{file.Path}' {what}.");
}
