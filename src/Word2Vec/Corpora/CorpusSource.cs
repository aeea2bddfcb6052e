namespace Word2Vec.Corpora;

/// <summary>Where text comes from: files, folders (all their files, in the order of their names), or standard input; each plain or .gz.</summary>
public sealed class CorpusSource
{
    /// <summary>Makes a source of <paramref name="paths"/>; <c>-</c> is standard input. Nothing is read yet.</summary>
    /// <exception cref="Word2VecException">A path does not exist or a folder holds no file.</exception>
    public static CorpusSource From(params IReadOnlyList<string> paths) => throw new NotImplementedException();
}
