namespace Word2Vec.Kernels;

/// <summary>What a test has otherwise than a training, and what it is told; the defaults are a training's.</summary>
internal sealed record BackendTrial
{
    /// <summary>Ids come in blocks of about so many positions, though the device could hold them all; 0: as the device's memory says.</summary>
    public int IdBlock { get; init; }

    /// <summary>Bytes that the device gives in one piece; 0: what it says itself.</summary>
    public long LargestPiece { get; init; }

    /// <summary>Changes are added one float at a time, though the device could add vectors of them.</summary>
    public bool AddsFloats { get; init; }

    /// <summary>Told each step when it is taken.</summary>
    public Action<TakenStep>? Told { get; init; }
}

/// <summary>A step that was taken.</summary>
/// <param name="Start">Where the span starts that it was taken for.</param>
/// <param name="Block">The block of ids that it was about.</param>
internal readonly record struct TakenStep(SpanStep Step, long Start, int Block);

/// <summary>What the host does for a span, in order.</summary>
internal enum SpanStep
{
    /// <summary>It asked for the copy of the ids.</summary>
    IdsSent,

    /// <summary>It waited for the ids.</summary>
    IdsArrived,

    /// <summary>It launched the kernels.</summary>
    Launched,

    /// <summary>It waited for the kernels.</summary>
    Trained,
}
