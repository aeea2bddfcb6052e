using System.Buffers.Text;
using System.Text;

namespace Word2Vec.Formats;

/// <summary>
/// The header of a .npy file, a Python dictionary that is never executed: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4),
/// }</c>.
/// </summary>
/// <param name="Type">NumPy's name of the type of the numbers: <c>&lt;f4</c>.</param>
/// <param name="IsByColumn">Whether the columns are stored one after another rather than the rows.</param>
/// <param name="Shape">The length of each dimension, 0 or more.</param>
internal sealed record NumPyDictionary(string Type, bool IsByColumn, IReadOnlyList<long> Shape)
{
    /// <summary>Parses the <paramref name="length"/> bytes from byte <paramref name="start"/> of <paramref name="file"/> on.</summary>
    /// <exception cref="Word2VecException">They are no such dictionary; the message names the byte.</exception>
    public static NumPyDictionary Parse(MappedFile file, int start, int length)
    {
        var parser = new Parser(file, start, length);
        return parser.Dictionary();
    }

    private ref struct Parser(MappedFile file, int start, int length)
    {
        private readonly ReadOnlySpan<byte> _text = file.From(start)[..length];
        private int _at;

        public NumPyDictionary Dictionary()
        {
            string? type = null;
            bool? isByColumn = null;
            List<long>? shape = null;
            Expect('{');
            while (!TryTake('}'))
            {
                string key = Text();
                Expect(':');
                switch (key)
                {
                    case "descr" when type is null:
                        type = Type();
                        break;
                    case "fortran_order" when isByColumn is null:
                        isByColumn = Truth();
                        break;
                    case "shape" when shape is null:
                        shape = Numbers();
                        break;
                    default:
                        throw Error("'descr', 'fortran_order' and 'shape', each once,");
                }

                if (!TryTake(','))
                    Require('}');
            }

            SkipSpace();
            if (_at < _text.Length || type is null || isByColumn is null || shape is null)
                throw Error("'descr', 'fortran_order' and 'shape', and nothing behind them,");
            return new NumPyDictionary(type, isByColumn.Value, shape);
        }

        private string Type()
        {
            SkipSpace();
            if (_at < _text.Length && _text[_at] == '[')
                throw Error("one type for all numbers (not the fields of a structured array)");
            return Text();
        }

        private string Text()
        {
            SkipSpace();
            int quote = _at < _text.Length && _text[_at] is (byte)'\'' or (byte)'"' ? _text[_at] : throw Error("a string");
            int end = _text[(_at + 1)..].IndexOf((byte)quote);
            if (end < 0)
                throw Error("a string");
            ReadOnlySpan<byte> text = _text.Slice(_at + 1, end);
            if (text.Length > 32 || text.ContainsAnyExceptInRange((byte)' ', (byte)'~') || text.Contains((byte)'\\'))
                throw Error("a short string of plain characters");
            _at += end + 2;
            return Encoding.ASCII.GetString(text);
        }

        private bool Truth()
        {
            SkipSpace();
            bool isTrue = _text[_at..].StartsWith("True"u8);
            if (!isTrue && !_text[_at..].StartsWith("False"u8))
                throw Error("True or False");
            _at += isTrue ? 4 : 5;
            return isTrue;
        }

        private List<long> Numbers()
        {
            const int MostDimensions = 64;
            var numbers = new List<long>();
            Expect('(');
            while (!TryTake(')'))
            {
                SkipSpace();
                bool isNumber = _at < _text.Length && char.IsAsciiDigit((char)_text[_at]);
                if (!isNumber || !Utf8Parser.TryParse(_text[_at..], out long number, out int used) || numbers.Count == MostDimensions)
                    throw Error("up to 64 lengths below 2^63");
                _at += used;
                // Python 2 wrote an L behind a long number.
                TryTake('L');
                numbers.Add(number);
                if (!TryTake(','))
                    Require(')');
            }

            return numbers;
        }

        private void Expect(char mark)
        {
            if (!TryTake(mark))
                throw Error($"'{mark}'");
        }

        private void Require(char mark)
        {
            SkipSpace();
            if (_at == _text.Length || _text[_at] != mark)
                throw Error($"',' or '{mark}'");
        }

        private bool TryTake(char mark)
        {
            SkipSpace();
            bool isThere = _at < _text.Length && _text[_at] == mark;
            _at += isThere ? 1 : 0;
            return isThere;
        }

        private void SkipSpace()
        {
            while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
                _at++;
        }

        private readonly Word2VecException Error(string expected) => new(ErrorKind.Format,
            $"The NumPy array '{file.Path}' has {ErrorText.Quote(_text[_at..])} at byte {start + _at} of its header, where {expected} " +
            "was expected; it is damaged.");
    }
}
