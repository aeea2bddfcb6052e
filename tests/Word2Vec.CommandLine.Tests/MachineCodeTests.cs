using Word2Vec.Tests.Shared;

namespace Word2Vec.CommandLine.Tests;

/// <summary>
/// The guard of the CPU's speed, without a clock: how many instructions the hot loops have for their fused multiply-adds, and that nothing
/// in them goes through the stack. No clock could tell a register too many, or a call that is no longer inlined, from a busy machine.
/// </summary>
public class MachineCodeTests
{
    // Instructions: what .NET 10 makes of the loops, and up to two more.
    [MachineCodeTheory("avx512")]
    [InlineData("CenterDots.Six", 0, 6, 13)]
    [InlineData("Transpose.Four", 0, 0, 26)]
    [InlineData("CenterDots.Three", 0, 3, 10)]
    [InlineData("NegativeDots.SixByOne", 0, 6, 14)]
    [InlineData("NegativeDots.SixByTwo", 0, 12, 29)]
    [InlineData("TileUpdate.Eight", 0, 16, 41)]
    [InlineData("TileUpdate.Four", 0, 8, 29)]
    [InlineData("TileUpdate.Centers", 0, 2, 12)]
    [InlineData("TileUpdate.Centers", 1, 2, 13)]
    [InlineData("TileUpdate.Take", 0, 0, 10)]
    [InlineData("TileUpdate.AddChanges", 0, 0, 13)]
    [InlineData("TileKernel.NegativeGradients", 0, 17, 54)]
    [InlineData("TileKernel.CenterGradients", 1, 16, 52)]
    public void A_hot_loop_stays_short_and_in_registers_with_avx512(string method, int loop, int multiplyAdds, int mostInstructions) =>
        Check("avx512", method, loop, multiplyAdds, mostInstructions);

    [MachineCodeTheory("avx2")]
    [InlineData("CenterDots.Six", 0, 6, 13)]
    [InlineData("Transpose.Four", 0, 0, 26)]
    [InlineData("CenterDots.Three", 0, 3, 10)]
    [InlineData("NegativeDots.SixByTwo", 0, 12, 29)]
    [InlineData("TileUpdate.Eight", 0, 16, 41)]
    [InlineData("TileUpdate.Four", 0, 8, 29)]
    [InlineData("TileUpdate.Centers", 0, 2, 12)]
    [InlineData("TileUpdate.Centers", 1, 2, 13)]
    [InlineData("TileUpdate.Take", 0, 0, 10)]
    [InlineData("TileUpdate.AddChanges", 0, 0, 13)]
    [InlineData("TileKernel.NegativeGradients", 0, 17, 54)]
    [InlineData("TileKernel.CenterGradients", 1, 16, 52)]
    public void A_hot_loop_stays_short_and_in_registers_with_avx2(string method, int loop, int multiplyAdds, int mostInstructions) =>
        Check("avx2", method, loop, multiplyAdds, mostInstructions);

    private static void Check(string width, string method, int loop, int multiplyAdds, int mostInstructions)
    {
        JitMethod? code = JitListing.Find(MachineCode.At(width), method + "(");
        Assert.True(code is not null, $"{method} was not compiled, or is no longer fully optimized at once");
        JitLoop body = code.InnerLoops.ElementAt(loop);
        string listing = $"{method}, inner loop {loop}:\n" + string.Join('\n', body.Instructions);
        Assert.True(!body.Spills.Any(), $"The stack is used in {listing}");
        Assert.True(!body.Calls.Any(), $"There is a call in {listing}");
        Assert.True(body.MultiplyAdds == multiplyAdds, $"{body.MultiplyAdds} fused multiply-adds and not {multiplyAdds} in {listing}");
        Assert.True(body.Length <= mostInstructions, $"{body.Length} instructions a round, {mostInstructions} at most, in {listing}");
    }
}
