namespace Word2Vec.Training;

/// <summary>The two files that checkpoints are written to in turn, so that the one before is whole while the next is written.</summary>
internal sealed class CheckpointSlots(string path)
{
    private readonly string[] _paths = [path + ".checkpoint-1", path + ".checkpoint-2"];
    private string? _newest;
    private long _sequence;

    /// <summary>Looks at what is there, without reading rows; the next checkpoint will not replace the newer one.</summary>
    public void Look() => Found(_ => { });

    /// <summary>Reads the newest whole checkpoint into the weights of <paramref name="job"/>; null where there is no file.</summary>
    /// <param name="expected">What the checkpoint must be of.</param>
    /// <param name="warn">Told of a damaged file where the other one is taken.</param>
    /// <exception cref="Word2VecException">
    /// It is of another corpus or other options (<see cref="ErrorKind.Usage"/>), or none is whole (<see cref="ErrorKind.Format"/>).
    /// </exception>
    public (string Path, CheckpointHeader Header, TrainingCourse Course)? Read(TrainingJob job, CheckpointHeader expected, Action<string>? warn)
    {
        List<string> damages = [];
        foreach ((string file, CheckpointHeader found) in Found(damages.Add))
        {
            RefuseDifferences(file, found, expected);
            try
            {
                (CheckpointHeader header, TrainingCourse course) = CheckpointFile.Read(file, job);
                foreach (string damage in damages)
                    warn?.Invoke($"{damage} The other one, {file}, is taken.");
                _newest = file;
                return (file, header, course);
            }
            catch (Word2VecException e) when (e.Kind == ErrorKind.Format)
            {
                damages.Add(e.Message);
            }
        }

        if (damages.Count > 0)
            throw new Word2VecException(ErrorKind.Format, $"{string.Join(' ', damages)} Leave --resume out to start from the beginning.");
        return null;
    }

    /// <summary>Writes the next checkpoint in the place of the older one; returns its file.</summary>
    /// <exception cref="Word2VecException">It could not be written; both files are as they were.</exception>
    public string Write(CheckpointHeader header, ReadOnlySpan<TrainingLoss> losses, Weights weights)
    {
        string file = _paths[0] == _newest ? _paths[1] : _paths[0];
        header.Sequence = _sequence + 1;
        CheckpointFile.Write(file, header, losses, weights);
        (_newest, _sequence) = (file, header.Sequence);
        return file;
    }

    /// <summary>Deletes both files, and what a killed process left of them.</summary>
    public void Remove()
    {
        foreach (string file in _paths)
        {
            AtomicFile.RemoveLeftovers(file);
            AtomicFile.Delete(file);
        }
    }

    /// <summary>The files whose header is whole, the newest first.</summary>
    private List<(string File, CheckpointHeader Header)> Found(Action<string> damaged)
    {
        List<(string File, CheckpointHeader Header)> found = [];
        foreach (string file in _paths)
        {
            try
            {
                if (CheckpointFile.ReadHeader(file) is { } header)
                    found.Add((file, header));
            }
            catch (Word2VecException e) when (e.Kind == ErrorKind.Format)
            {
                damaged(e.Message);
            }
        }

        found.Sort((a, b) => b.Header.Sequence.CompareTo(a.Header.Sequence));
        if (found.Count > 0)
            (_newest, _sequence) = (found[0].File, found[0].Header.Sequence);
        return found;
    }

    private static void RefuseDifferences(string file, CheckpointHeader found, CheckpointHeader expected)
    {
        string[] differences = [.. found.Differences(expected)];
        if (differences.Length > 0)
            throw new Word2VecException(
                ErrorKind.Usage,
                $"The checkpoint {file} is of another training: {string.Join("; ", differences)}. "
                + "Give the same text and options to go on, or leave --resume out to start from the beginning.");
    }
}
