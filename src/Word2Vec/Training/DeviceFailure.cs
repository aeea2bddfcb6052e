namespace Word2Vec.Training;

/// <summary>How a device failed, and where another one went on in its place.</summary>
/// <param name="Device">The device that failed, as <c>--device</c> calls it.</param>
/// <param name="Reason">What happened, in one sentence.</param>
/// <param name="Epoch">The epoch, from 0, in which the other device went on.</param>
/// <param name="Position">The position of the encoded corpus, from 0, at which it went on in that epoch.</param>
/// <param name="Fraction">The share of all epochs' positions before that, 0 … 1; 0: from the beginning.</param>
public sealed record DeviceFailure(string Device, string Reason, int Epoch = 0, long Position = 0, double Fraction = 0);
