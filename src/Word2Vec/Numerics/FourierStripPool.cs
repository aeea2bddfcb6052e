using System.Collections.Concurrent;

namespace Word2Vec.Numerics;

/// <summary>Strips for sequences up to <paramref name="length"/> that threads take in turn.</summary>
internal sealed class FourierStripPool(int length) : IDisposable
{
    private readonly ConcurrentBag<FourierStrip> _strips = [];

    /// <summary>A strip that no other thread uses; what it holds is arbitrary.</summary>
    public FourierStrip Rent() => _strips.TryTake(out FourierStrip? strip) ? strip : new FourierStrip(length);

    public void Return(FourierStrip strip) => _strips.Add(strip);

    public void Dispose()
    {
        foreach (FourierStrip strip in _strips)
            strip.Dispose();
    }
}
