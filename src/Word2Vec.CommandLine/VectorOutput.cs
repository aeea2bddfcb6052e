using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine;

/// <summary>Where vectors go: a file, or standard output for the name <c>-</c>.</summary>
internal sealed class VectorOutput(Terminal terminal, string path, VectorFormat format)
{
    /// <summary>The name that stands for standard output.</summary>
    public const string StandardOutput = "-";

    public bool IsStandardOutput => path == StandardOutput;

    /// <summary>What an interrupted user should know.</summary>
    public string WhatIsLeft => IsStandardOutput ? "nothing was written" : $"nothing was written, {path} is as it was";

    /// <summary>Throws where a person would get bytes on the screen.</summary>
    public void Check()
    {
        if (IsStandardOutput && terminal.OutIsTerminal && format != VectorFormat.Word2VecText)
            throw new Word2VecException(
                ErrorKind.Usage, "Standard output is a terminal, which vectors would garble; use --format text, a file or a pipe.");
    }

    public void Save(WordVectors vectors, VectorPrecision precision = VectorPrecision.Full)
    {
        var options = new VectorWriteOptions { Format = format, Precision = precision };
        if (!IsStandardOutput)
        {
            VectorFile.Save(vectors, path, options);
            return;
        }

        // Flushed and not disposed: standard output is not this object's to close.
        var buffer = new BufferedStream(terminal.OutBytes, 1 << 16);
        VectorFile.Save(vectors, buffer, options);
        buffer.Flush();
    }
}
