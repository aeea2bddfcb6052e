namespace Word2Vec.Kernels;

/// <summary>What a test has otherwise than a training, and what it is told; the defaults are a training's.</summary>
internal sealed record BackendTrial
{
    /// <summary>Ids come in blocks of about so many positions, though the device could hold them all; 0: as the device's memory says.</summary>
    public int IdBlock { get; init; }

    /// <summary>Bytes that the device gives in one piece; 0: what it says itself.</summary>
    public long LargestPiece { get; init; }

    /// <summary>Told each step of a span with the position of the span that it belongs to.</summary>
    public Action<SpanStep, long>? Told { get; init; }
}

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
