namespace Word2Vec.Kernels;

/// <summary>A list of numbers for each word, one behind the other, as a device takes them.</summary>
internal sealed class PackedLists
{
    private readonly ListOf _list;

    /// <summary>Counts the numbers of the lists of so many <paramref name="words"/>.</summary>
    /// <exception cref="Word2VecException">There are more numbers than can be counted.</exception>
    public PackedLists(int words, ListOf list)
    {
        (_list, Starts) = (list, new int[words + 1]);
        long length = 0;
        for (int word = 0; word < words; word++)
        {
            Starts[word] = (int)length;
            length += list(word).Length;
            if (length > Array.MaxLength)
                throw new Word2VecException(ErrorKind.Device,
                    $"The first {word + 1} words have {length} n-grams or turns; a device holds at most {Array.MaxLength}. "
                    + "Take a larger --min-count, a smaller --max-ngram, or --device cpu.");
        }

        Starts[words] = (int)length;
    }

    /// <summary>The list of a word.</summary>
    public delegate ReadOnlySpan<int> ListOf(int word);

    /// <summary>Where each word's begin, and where the last one's end.</summary>
    public int[] Starts { get; }

    /// <summary>Elements of the numbers and of <see cref="Starts"/>.</summary>
    public long Length => Math.Max(1L, Starts[^1]) + Starts.Length;

    /// <summary>The numbers of all words; where there are none one, since no device allocates nothing.</summary>
    public int[] Pack()
    {
        var numbers = new int[Math.Max(1, Starts[^1])];
        for (int word = 0; word < Starts.Length - 1; word++)
            _list(word).CopyTo(numbers.AsSpan(Starts[word]));
        return numbers;
    }
}
