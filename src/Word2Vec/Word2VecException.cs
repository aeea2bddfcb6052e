namespace Word2Vec;

/// <summary>What an error is about; the command line turns it into the documented exit code of the same number.</summary>
public enum ErrorKind
{
    /// <summary>An option or a combination of options is not valid (exit code 2).</summary>
    Usage = 2,

    /// <summary>A corpus or a question file is missing, unreadable, empty, or not text (exit code 3).</summary>
    Input = 3,

    /// <summary>A file of vectors, a vocabulary or an encoded corpus is damaged or of an unknown format (exit code 4).</summary>
    Format = 4,

    /// <summary>A device that was asked for is not there or failed (exit code 5).</summary>
    Device = 5,

    /// <summary>The output could not be written; what was there before is untouched (exit code 6).</summary>
    Output = 6,

    /// <summary>The training itself could not go on: numbers became infinite or not a number (exit code 7).</summary>
    Training = 7,

    /// <summary>A word that was asked for is not in the vocabulary (exit code 8).</summary>
    UnknownWord = 8,
}

/// <summary>
/// An error that the caller can act on. The message is one line that says what was tried, what was found, what was expected and what to do.
/// </summary>
public sealed class Word2VecException : Exception
{
    /// <summary>Makes an error of <paramref name="kind"/>.</summary>
    public Word2VecException(ErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What the error is about.</summary>
    public ErrorKind Kind { get; }
}
