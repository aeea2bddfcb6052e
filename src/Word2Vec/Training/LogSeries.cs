using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>The logarithm in the loss, a register at a time.</summary>
internal static class LogSeries<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>ln(1 + e) / e on [0, 1], as <see cref="LogisticFunction"/> has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector At(TVector e)
    {
        TVector series = TLanes.MultiplyAdd(TLanes.Broadcast(LogisticFunction.L8), e, TLanes.Broadcast(LogisticFunction.L7));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L6));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L5));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L4));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L3));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L2));
        series = TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L1));
        return TLanes.MultiplyAdd(series, e, TLanes.Broadcast(LogisticFunction.L0));
    }
}
