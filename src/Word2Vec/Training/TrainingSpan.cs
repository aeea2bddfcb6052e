namespace Word2Vec.Training;

/// <summary>A stretch of one epoch: positions <paramref name="Start"/> … <paramref name="End"/> − 1 of the encoded corpus, in whole sentences.</summary>
public readonly record struct TrainingSpan(int Epoch, long Start, long End);
