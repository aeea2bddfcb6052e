namespace Word2Vec.Numerics;

/// <summary>
/// Products of small whole numbers, at one width: a register holds four bytes for each lane of <see cref="ILanes{TVector}"/>, or sums of
/// their products as two 16-bit halves a lane. Four times as many multiplications an instruction as with floats.
/// </summary>
/// <typeparam name="TVector">The register, under the type that the floats use.</typeparam>
internal unsafe interface IByteLanes<TVector>
    where TVector : struct
{
    /// <summary>Reads four bytes for each lane.</summary>
    static abstract TVector LoadBytes(byte* source);

    /// <summary>The same four bytes in every lane.</summary>
    static abstract TVector BroadcastFour(int bytes);

    /// <summary>
    /// For each half of a lane the sum of the two products of its bytes. <paramref name="factors"/> are 0 … 127,
    /// <paramref name="signed"/> are −127 … 127.
    /// </summary>
    static abstract TVector MultiplyBytes(TVector factors, TVector signed);

    /// <summary>The sums of the halves of each lane, modulo 2^16.</summary>
    static abstract TVector AddHalfwise(TVector a, TVector b);

    /// <summary>The sum of the two signed halves of each lane, as a float.</summary>
    static abstract TVector AddHalves(TVector sums);

    /// <summary>Each lane rounded to a whole number.</summary>
    static abstract TVector Round(TVector x);

    /// <summary>Writes whole numbers of −127 … 127 as one byte a lane.</summary>
    static abstract void StoreBytes(TVector whole, sbyte* target);

    /// <summary>The greater magnitude of each lane.</summary>
    static abstract TVector MaxMagnitude(TVector a, TVector b);

    /// <summary>The greatest lane.</summary>
    static abstract float Max(TVector vector);
}
