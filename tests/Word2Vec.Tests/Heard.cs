namespace Word2Vec.Tests;

/// <summary>What was told of a progress, from any thread.</summary>
internal sealed class Heard : List<StageProgress>, IProgress<StageProgress>
{
    public void Report(StageProgress value)
    {
        lock (this)
            Add(value);
    }
}
