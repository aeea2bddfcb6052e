using System.CommandLine;
using System.Text;
using System.Text.Json;
using Word2Vec.Queries;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>Reads a <see cref="ConfigFile"/>; every error names the line and the column.</summary>
/// <remarks>
/// <code>
/// {
///   "corpus": ["reviews.txt"],          a name or a list of names, as on the command line
///   "output": "reviews.bin",
///   "options": { "size": 200, … }       the options without their dashes: numbers, strings, true
/// }
/// </code>
/// What else <see cref="TrainingRecord"/> writes is passed over. Comments and a comma behind the last value are allowed.
/// </remarks>
internal ref struct ConfigReader
{
    private const string Expected = "expected {\"corpus\": …, \"output\": …, \"options\": {…}}";

    private readonly string _path;
    private readonly byte[] _bytes;
    private readonly Dictionary<string, Option> _options;
    private readonly ConfigFile _file = new();
    private Utf8JsonReader _reader;

    private ConfigReader(string path, byte[] bytes, Command command)
    {
        (_path, _bytes) = (path, bytes);
        _options = RunOptions.Of(command).ToDictionary(RunOptions.KeyOf);
        _reader = new Utf8JsonReader(
            bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    }

    /// <summary>Reads the file at <paramref name="path"/>, whose options are those of <paramref name="command"/>.</summary>
    public static ConfigFile Read(string path, Command command)
    {
        byte[] bytes = ReadBytes(path);
        var reader = new ConfigReader(path, bytes, command);
        try
        {
            return reader.ReadAll();
        }
        catch (JsonException e)
        {
            string place = Place(bytes, LineStart(bytes, e.LineNumber ?? 0) + (e.BytePositionInLine ?? 0));
            throw new Word2VecException(ErrorKind.Usage, $"{path}, {place}: this is no JSON; {Expected}. Correct it there.", e);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            return bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new Word2VecException(ErrorKind.Input, $"The options in '{path}' could not be read: {e.Message}", e);
        }
    }

    private ConfigFile ReadAll()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
            throw Invalid("this is no object", Expected);
        HashSet<string> seen = [];
        while (NextKey(seen) is { } key)
        {
            if (key == "corpus")
                _file.Corpus = ReadCorpus();
            else if (key == "output")
                _file.Output = ReadText(key);
            else if (key == "options")
                ReadOptions();
            else if (TrainingRecord.Results.Contains(key))
                Skip();
            else
                throw Unknown(key, ["corpus", "output", "options"], _options.ContainsKey(key) ? "put it into \"options\"" : null);
        }

        _reader.Read();
        return _file;
    }

    private void ReadOptions()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
            throw Invalid("\"options\" is no object", "expected {\"size\": 100, …}");
        HashSet<string> seen = [];
        while (NextKey(seen) is { } key)
        {
            if (!_options.TryGetValue(key, out Option? option))
                throw Unknown(key, _options.Keys, null);
            _reader.Read();
            bool saysNothing = Is(JsonTokenType.Null) || (Is(JsonTokenType.False) && option is Option<bool>);
            if (!saysNothing)
                _file.Options[option] = ReadValue(key, option);
        }
    }

    private readonly string? ReadValue(string key, Option option) => option switch
    {
        Option<bool> => _reader.TokenType == JsonTokenType.True ? null : throw WrongType(key, "true or false"),
        Option<int> => Is(JsonTokenType.Number) && _reader.TryGetInt32(out _) ? Raw() : throw WrongType(key, "a whole number in range"),
        Option<ulong> => Is(JsonTokenType.Number) && _reader.TryGetUInt64(out _)
            ? Raw() : throw WrongType(key, "a whole number in range, 0 or more"),
        Option<double> => Is(JsonTokenType.Number) ? Raw() : throw WrongType(key, "a number"),
        ChoiceOption choice when !Is(JsonTokenType.String) || !choice.Choices.Contains(Text()) =>
            throw WrongType(key, string.Join(" or ", choice.Choices.Select(word => $"\"{word}\""))),
        _ => Is(JsonTokenType.String) ? Text() : throw WrongType(key, "a string"),
    };

    private List<string> ReadCorpus()
    {
        const string Names = "a name or a list of names";
        _reader.Read();
        if (Is(JsonTokenType.String))
            return [Text()];
        if (!Is(JsonTokenType.StartArray))
            throw WrongType("corpus", Names);
        List<string> names = [];
        while (_reader.Read() && !Is(JsonTokenType.EndArray))
            names.Add(Is(JsonTokenType.String) ? Text() : throw WrongType("corpus", Names));
        return names;
    }

    private string ReadText(string key)
    {
        _reader.Read();
        return Is(JsonTokenType.String) ? Text() : throw WrongType(key, "a string");
    }

    private void Skip()
    {
        _reader.Read();
        _reader.Skip();
    }

    // The next key of the object, or null at its end.
    private string? NextKey(HashSet<string> seen)
    {
        _reader.Read();
        if (Is(JsonTokenType.EndObject))
            return null;
        string key = Text();
        return seen.Add(key) ? key : throw Invalid($"\"{key}\" is here for the second time", "leave one of them out");
    }

    private readonly string Text()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw Invalid("this string has bytes or escapes that are no characters", "save the file as UTF-8", e);
        }
    }

    private readonly bool Is(JsonTokenType type) => _reader.TokenType == type;

    private readonly string Raw() => Encoding.UTF8.GetString(_reader.ValueSpan);

    private readonly Word2VecException WrongType(string key, string expected)
    {
        string found = Is(JsonTokenType.StartObject) ? "an object" : Is(JsonTokenType.StartArray) ? "a list"
            : Encoding.UTF8.GetString(_bytes[(int)_reader.TokenStartIndex..(int)_reader.BytesConsumed]);
        return Invalid($"\"{key}\" is {found}", $"it must be {expected}");
    }

    private readonly Word2VecException Unknown(string key, IEnumerable<string> known, string? advice)
    {
        advice ??= Spelling.Nearest(WordIndex.From(known), key, 1) is [{ } nearest] ? $"did you mean \"{nearest}\"" : "leave it out";
        return Invalid($"there is no option \"{key}\"", advice);
    }

    private readonly Word2VecException Invalid(string found, string expected, Exception? inner = null) =>
        new(ErrorKind.Usage, $"{_path}, {Place(_bytes, _reader.TokenStartIndex)}: {found}; {expected}.", inner);

    private static string Place(byte[] bytes, long position)
    {
        ReadOnlySpan<byte> before = bytes.AsSpan(0, (int)Math.Min(position, bytes.Length));
        int column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return $"line {before.Count((byte)'\n') + 1}, column {column}";
    }

    private static long LineStart(byte[] bytes, long line)
    {
        int start = 0;
        for (; line > 0; line--)
            start += bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
        return start;
    }
}
