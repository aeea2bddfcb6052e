using System.Globalization;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Texts;

/// <summary>
/// Makes ids that the output's format can hold: white space becomes _ where the format ends a word with it, a line's end always; a text
/// without an id is called by its number.
/// </summary>
internal sealed class TextIds(VectorFormat format)
{
    private readonly bool _noSpaces =
        format is VectorFormat.Word2VecBinary or VectorFormat.Word2VecText or VectorFormat.GloVe or VectorFormat.FastText;

    private readonly HashSet<string> _seen = [];
    private long _number;

    /// <summary>How many ids were changed.</summary>
    public long Changed { get; private set; }

    /// <summary>The first id that two texts have; null: there is none.</summary>
    public string? Repeated { get; private set; }

    public TextDocument Fit(TextDocument document)
    {
        _number++;
        string id = document.Id.Any(IsForbidden) ? string.Concat(document.Id.Select(c => IsForbidden(c) ? '_' : c)) : document.Id;
        if (id.Length == 0)
            id = _number.ToString(CultureInfo.InvariantCulture);
        Changed += id == document.Id ? 0 : 1;
        if (!_seen.Add(id))
            Repeated ??= id;
        return document with { Id = id };
    }

    private bool IsForbidden(char c) => c is '\n' or '\r' or '\0' || (_noSpaces && char.IsWhiteSpace(c));
}
