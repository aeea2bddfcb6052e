using System.Collections.ObjectModel;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>
/// What a file or its companion says of the rows: the words in their order, and how often each stood in the corpus where that is known.
/// </summary>
internal sealed record WordList(WordIndex Words, long[]? Counts)
{
    /// <summary>What else is said, by name; nothing by default.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
