namespace Word2Vec.Words;

/// <summary>What keeps rows alive and says how much of the process's own memory they take: none where they lie in a mapped file.</summary>
internal interface IHeldMemory
{
    /// <summary>Bytes of the process's own memory.</summary>
    long HeldBytes { get; }
}
