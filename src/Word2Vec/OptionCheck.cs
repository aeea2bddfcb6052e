using System.Globalization;
using System.Numerics;

namespace Word2Vec;

/// <summary>The one wording of "this option is out of its range".</summary>
internal static class OptionCheck
{
    public static void Range<T>(string option, T value, T lowest, T highest)
        where T : INumber<T>
    {
        if (value >= lowest && value <= highest)
            return;
        throw new Word2VecException(ErrorKind.Usage, string.Create(CultureInfo.InvariantCulture,
            $"The option {option} is {value}; it must lie between {lowest} and {highest}."));
    }
}
