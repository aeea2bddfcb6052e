using System.Security.Cryptography;
using System.Text;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>
/// What tells encoded corpora apart: which file belongs to a corpus and its options, and whether it is of the text as it is now.
/// </summary>
internal static class CorpusIdentity
{
    private const int NameBytes = 8, LongestStem = 60;

    /// <summary>SHA-256 of the paths, lengths, times of writing and options: what the header of an encoded corpus holds.</summary>
    public static byte[] Of(CorpusSource source, CorpusOptions options) => Hash(source, options, withState: true);

    /// <summary>
    /// The name of the encoded file: the first file's name and a hash of all paths and options, so that a changed text replaces its old
    /// encoding.
    /// </summary>
    public static string FileName(CorpusSource source, CorpusOptions options)
    {
        string hash = Convert.ToHexStringLower(Hash(source, options, withState: false).AsSpan(0, NameBytes));
        return $"{Stem(source.Entries[0])}-{hash}.ids";
    }

    private static string Stem(CorpusEntry entry)
    {
        string name = Path.GetFileName(entry.Path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            name = name[..^3];
        if (name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
            name = name[..^4];
        var plain = name.Take(LongestStem).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_');
        return string.Concat(plain);
    }

    private static byte[] Hash(CorpusSource source, CorpusOptions options, bool withState)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(EncodedCorpusHeader.CurrentVersion);
        writer.Write((int)options.Tokenizer);
        writer.Write(options.MinimumCount);
        writer.Write(options.MaximumVocabulary);
        writer.Write(options.MaximumDistinct);
        writer.Write(options.MaximumSentenceLength);
        if (options.Vocabulary is { } vocabulary)
            Write(writer, vocabulary);
        foreach (var entry in source.Entries)
        {
            writer.Write(entry.Path);
            writer.Write(withState ? entry.Length : 0);
            writer.Write(withState ? entry.LastWriteUtc.Ticks : 0);
        }

        writer.Flush();
        return SHA256.HashData(bytes.ToArray());
    }

    private static void Write(BinaryWriter writer, Vocabulary vocabulary)
    {
        for (int id = 0; id < vocabulary.Count; id++)
        {
            writer.Write(vocabulary.Counts[id]);
            writer.Write(vocabulary.Words.Bytes(id).Length);
            writer.Write(vocabulary.Words.Bytes(id));
        }
    }
}
