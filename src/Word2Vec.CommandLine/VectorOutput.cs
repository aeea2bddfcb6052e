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
        if (IsStandardOutput && terminal.OutIsTerminal && format == VectorFormat.Word2VecBinary)
            throw new Word2VecException(
                ErrorKind.Usage, "Standard output is a terminal, which binary vectors would garble; use --format text, a file or a pipe.");
    }

    public void Save(WordVectors vectors)
    {
        if (!IsStandardOutput)
            VectorFile.Save(vectors, path, format);
        else
            SaveToStandardOutput(vectors);
    }

    // The library writes whole files; what was written is copied.
    private void SaveToStandardOutput(WordVectors vectors)
    {
        string temporary = Path.Combine(Path.GetTempPath(), $"word2vec-{Guid.NewGuid():N}");
        try
        {
            VectorFile.Save(vectors, temporary, format);
            using FileStream file = File.OpenRead(temporary);
            file.CopyTo(terminal.OutBytes);
            terminal.OutBytes.Flush();
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
