using System.Buffers.Binary;
using System.Text;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

/// <summary>Word2Vec files put together from the table in the documentation, not by the code that is tested.</summary>
public abstract class NativeFileTest : VectorFileTest
{
    protected static WordVectors MakeKnown(int count, int size)
    {
        WordVectors vectors = MakePlain(count, size, seed: count), output = MakePlain(count, size, seed: count + 1);
        float[] rows = [.. Enumerable.Range(0, count).SelectMany(vectors.CopyRow)];
        return new WordVectors(vectors.Words, size, rows)
        {
            Counts = [.. Enumerable.Range(0, count).Select(id => (1L << 40) - id)],
            Metadata = new Dictionary<string, string> { ["training.size"] = $"{size}", [""] = "", ["ключ"] = "a\nb" },
            OutputVectors = new WordVectors(vectors.Words, size, [.. Enumerable.Range(0, count).SelectMany(output.CopyRow)]),
        };
    }

    protected static Dictionary<int, byte[]> Contents() => new()
    {
        [2] = Bytes("abc"),
        [3] = Bytes(Four(0), Four(1), Four(3)),
        [4] = Bytes(Slots(("a", 1), ("bc", 2)).Select(Four).Cast<object>().ToArray()),
        [6] = Bytes(3f, 4f, 0f, 0f),
        [8] = Bytes(0.2f, 0f),
    };

    /// <summary>A file of two words of two components with one section replaced or added.</summary>
    protected static byte[] MakeFile(params (int Kind, byte[] Content)[] changes)
    {
        var contents = new SortedDictionary<int, byte[]>(Contents());
        foreach ((int kind, byte[] content) in changes)
            contents[kind] = content;
        return Assemble(2, 2, 0, [.. contents.Keys], [.. contents.Values]);
    }

    protected static byte[] Assemble(long count, int size, int precision, int[] kinds, byte[][] sections)
    {
        var header = new List<byte>(Bytes("W2V-VEC\n", Four(1), Four(0), Eight(0), Eight(count), Four(size), Four(precision), Four(kinds.Length + 1), new byte[20]));
        int headerLength = (64 + 24 * (kinds.Length + 1) + 63) / 64 * 64;
        var body = new List<byte>();
        var sums = new List<byte>();
        for (int i = 0; i < kinds.Length; i++)
        {
            byte[] padded = new byte[(sections[i].Length + 63) / 64 * 64];
            sections[i].CopyTo(padded, 0);
            header.AddRange(Bytes(Four(kinds[i]), Four(0), Eight(headerLength + body.Count), Eight(sections[i].Length)));
            body.AddRange(padded);
            sums.AddRange(Four((int)Checksum.Of(padded)));
        }

        sums.AddRange(Four((int)Checksum.Of(sums.ToArray())));
        header.AddRange(Bytes(Four(11), Four(0), Eight(headerLength + body.Count), Eight(sums.Count)));
        header.AddRange(new byte[headerLength - header.Count]);
        byte[] file = [.. header, .. body, .. sums];
        Put(file, 16, file.Length);
        Seal(file);
        return file;
    }

    protected static void Seal(byte[] file)
    {
        Put(file, 12, 0, sizeof(int));
        int sections = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(40));
        int length = (int)Math.Clamp((64 + 24L * sections + 63) / 64 * 64, 0, file.Length);
        Put(file, 12, Checksum.Of(file.AsSpan(0, length)), sizeof(int));
    }

    // The table as the documentation of WordSlots makes it.
    protected static int[] Slots(params (string Word, int Value)[] entries)
    {
        var slots = new int[4];
        foreach ((string word, int value) in entries)
        {
            uint hash = 2166136261;
            foreach (byte b in Encoding.UTF8.GetBytes(word))
                hash = unchecked((hash ^ b) * 16777619);
            int slot = (int)((hash ^ (hash >> 15)) & 3);
            while (slots[slot] != 0)
                slot = (slot + 1) & 3;
            slots[slot] = value;
        }

        return slots;
    }

    protected static void Put(byte[] bytes, int at, long value, int width = sizeof(long)) => Eight(value).AsSpan(0, width).CopyTo(bytes.AsSpan(at));

    protected static byte[] Four(int value) => BitConverter.GetBytes(value);

    protected static byte[] Eight(long value) => BitConverter.GetBytes(value);
}
