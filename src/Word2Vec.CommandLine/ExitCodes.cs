namespace Word2Vec.CommandLine;

/// <summary>What the process returns; 2 to 8 are the numbers of <see cref="ErrorKind"/>.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Internal = 1;
    public const int HungUp = 128 + 1;
    public const int Interrupted = 128 + 2;
    public const int Terminated = 128 + 15;

    /// <summary>The list that <c>word2vec --help</c> shows.</summary>
    public static readonly (int Code, string Meaning)[] All =
    [
        (Success, "done"),
        (Internal, "internal error: please report it"),
        ((int)ErrorKind.Usage, "an option, a combination of options or a file of options is not valid"),
        ((int)ErrorKind.Input, "a file to read is missing or unreadable, or a corpus or question file is empty or not text"),
        ((int)ErrorKind.Format, "a file of vectors or words is damaged or of an unknown format"),
        ((int)ErrorKind.Device, "the device that was asked for is not there or failed"),
        ((int)ErrorKind.Output, "the output could not be written; what was there before is untouched"),
        ((int)ErrorKind.Training, "the training could not go on: numbers ran over, or the memory is too small"),
        ((int)ErrorKind.UnknownWord, "a word is not in the vocabulary"),
        (Interrupted, "interrupted by Ctrl-C (SIGTERM: 143, SIGHUP: 129)"),
    ];
}
