using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace Word2Vec.Formats;

/// <summary>
/// The JSON that a safetensors file begins with: each tensor's type, shape and place, and strings under <c>__metadata__</c>. Every rule of
/// the format is held: no name twice, tensors one behind the other without a hole or an overlap up to the file's end.
/// </summary>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The bytes before the JSON, which are its length.</summary>
    public const int Before = sizeof(ulong);

    /// <summary>The key of the strings among the tensors.</summary>
    public const string MetadataKey = "__metadata__";

    private const long Longest = 100_000_000;

    /// <summary>Whether <paramref name="file"/> begins as a safetensors file does: a length that can be, then a brace.</summary>
    public static bool Begins(MappedFile file)
    {
        ReadOnlySpan<byte> head = file.From(0);
        return head.Length > Before && head[Before] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(head) <= Longest;
    }

    /// <summary>Reads the header of <paramref name="file"/>.</summary>
    /// <exception cref="Word2VecException">It is damaged; the message names the byte or the tensor.</exception>
    public static SafetensorsHeader Read(MappedFile file)
    {
        ReadOnlySpan<byte> head = file.From(0);
        if (head.Length < Before)
            throw Error(file, $"ends at byte {head.Length}, in its header's length of {Before} bytes; it is cut short");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(head);
        if (length > Longest || length > (ulong)(file.Length - Before))
            throw Error(file, $"promises a header of {length} bytes at byte 0; at most {Math.Min(Longest, file.Length - Before)} can " +
                "follow. It is cut short or damaged");
        ReadOnlySpan<byte> json = head.Slice(Before, (int)length);
        if (json.IsEmpty || json[0] != '{' || !Utf8.IsValid(json))
            throw Error(file, $"has a header at byte {Before} that is not a JSON object in UTF-8; it is damaged");
        try
        {
            return new Parser(file, Before + (long)length, json).Parse();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw Error(file, $"has a header of JSON, from byte {Before} on, that is damaged: " +
                $"{error.Message.ReplaceLineEndings(" ").TrimEnd('.')}");
        }
    }

    private static Word2VecException Error(MappedFile file, string what) =>
        new(ErrorKind.Format, $"The safetensors file '{file.Path}' {what}.");

    private ref struct Parser(MappedFile file, long dataStart, ReadOnlySpan<byte> json)
    {
        private readonly Dictionary<string, SafetensorsTensor> _tensors = [];
        private readonly Dictionary<string, string> _metadata = [];
        private bool _hasMetadata;
        private Utf8JsonReader _reader = new(json);

        public SafetensorsHeader Parse()
        {
            Next(JsonTokenType.StartObject);
            while (TryKey(out string name))
            {
                if (name == MetadataKey ? _hasMetadata : _tensors.ContainsKey(name))
                    throw Error(file, $"has the name {Quote(name)} twice in its header; it is damaged");
                if (name == MetadataKey)
                    ReadMetadata();
                else
                    _tensors[name] = ReadTensor(name);
            }

            if (_reader.Read())
                throw Error(file, $"has something behind its header's JSON, before byte {dataStart}; it is damaged");
            SafetensorsTensor[] tensors = [.. _tensors.Values.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.End)];
            CheckPlaces(tensors);
            return new SafetensorsHeader(tensors, _metadata);
        }

        private void ReadMetadata()
        {
            _hasMetadata = true;
            Next(JsonTokenType.StartObject);
            while (TryKey(out string name))
            {
                Next(JsonTokenType.String);
                if (!_metadata.TryAdd(name, _reader.GetString()!))
                    throw Error(file, $"has the name {Quote(name)} twice in its metadata; it is damaged");
            }
        }

        private SafetensorsTensor ReadTensor(string name)
        {
            string? type = null;
            List<long>? shape = null, offsets = null;
            Next(JsonTokenType.StartObject);
            while (TryKey(out string key))
            {
                switch (key)
                {
                    case "dtype" when type is null:
                        Next(JsonTokenType.String);
                        type = _reader.GetString();
                        break;
                    case "shape" when shape is null:
                        shape = ReadNumbers(name);
                        break;
                    case "data_offsets" when offsets is null:
                        offsets = ReadNumbers(name);
                        break;
                    default:
                        throw Error(file, $"says {Quote(key)} of the tensor {Quote(name)}; dtype, shape and data_offsets, each once, " +
                            "were expected");
                }
            }

            if (type is null || shape is null || offsets is not [long first, long end])
                throw Error(file, $"does not say dtype, shape and two data_offsets of the tensor {Quote(name)}; it is damaged");
            CheckPlace(name, type, shape, first, end);
            return new SafetensorsTensor(name, type, shape, dataStart + first, dataStart + end);
        }

        private readonly void CheckPlace(string name, string type, List<long> shape, long first, long end)
        {
            if (first > end || end > file.Length - dataStart)
                throw Error(file, $"puts the tensor {Quote(name)} at the bytes {first} to {end} behind its header, which " +
                    $"{file.Length - dataStart} bytes follow; it is cut short or damaged");
            if (SafetensorsTensor.ByteCount(type, shape, file.Length) is { } needed && needed != end - first)
                throw Error(file, $"gives the tensor {Quote(name)} of type {Quote(type)} and shape {ErrorText.Shape(shape)} " +
                    $"{end - first} bytes at byte {dataStart + first}, which does not fit; it is damaged");
        }

        private readonly void CheckPlaces(SafetensorsTensor[] tensors)
        {
            long at = dataStart;
            foreach (SafetensorsTensor tensor in tensors)
            {
                if (tensor.Start != at)
                    throw Error(file, $"has the tensor {Quote(tensor.Name)} at byte {tensor.Start} where byte {at} was expected, behind " +
                        "the one before; it is damaged");
                at = tensor.End;
            }

            if (at != file.Length)
                throw Error(file, $"has {file.Length - at} bytes behind its last tensor, from byte {at} on; it is damaged");
        }

        private List<long> ReadNumbers(string name)
        {
            var numbers = new List<long>();
            Next(JsonTokenType.StartArray);
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            {
                if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out long number) || number < 0)
                    throw Error(file, $"has something else than a whole number of 0 or more in shape or data_offsets of {Quote(name)}; " +
                        "it is damaged");
                numbers.Add(number);
            }

            return numbers;
        }

        private bool TryKey(out string key)
        {
            _reader.Read();
            key = _reader.TokenType == JsonTokenType.PropertyName ? _reader.GetString()! : "";
            return _reader.TokenType == JsonTokenType.PropertyName;
        }

        private void Next(JsonTokenType expected)
        {
            _reader.Read();
            if (_reader.TokenType != expected)
                throw Error(file, $"has {_reader.TokenType} at byte {Before + _reader.TokenStartIndex} of its header's JSON where " +
                    $"{expected} was expected; it is damaged");
        }

        private static string Quote(string text) => ErrorText.Quote(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
