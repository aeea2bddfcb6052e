namespace Word2Vec.Kernels.Tests;

/// <summary>On a real OpenCL device, which compiles the kernels from C and may emulate on the processor (PoCL).</summary>
public sealed class OpenClTests
{
    // Sizes that are less, more and not a multiple of the lanes and the group.
    [DeviceTheory("opencl")]
    [InlineData(1, 1, 1)]
    [InlineData(15, 2, 7)]
    [InlineData(33, 7, 1)]
    [InlineData(100, 5, 5)]
    [InlineData(257, 3, 4)]
    [InlineData(300, 20, 64)]
    public void One_window_in_flight_trains_as_the_plain_backend_does(int size, int window, int negatives) =>
        DeviceChecks.OneWindowInFlightTrainsAsThePlainBackendDoes("opencl", size, window, negatives);

    [DeviceTheory("opencl")]
    [InlineData(8)]
    [InlineData(90)]
    [InlineData(100)]
    public void A_long_corpus_keeps_the_tokens_that_the_plain_backend_keeps(int size) =>
        DeviceChecks.ALongCorpusKeepsTheTokensThatThePlainBackendKeeps("opencl", size);

    [DeviceFact("opencl")]
    public void Many_windows_in_flight_lose_no_addition() => DeviceChecks.ManyWindowsInFlightLoseNoAddition("opencl");

    [DeviceFact("opencl")]
    public void Many_windows_in_flight_learn_what_the_plain_backend_learns() =>
        DeviceChecks.ManyWindowsInFlightLearnWhatThePlainBackendLearns("opencl");

    [DeviceFact("opencl")]
    public void A_row_that_is_not_a_number_shows_in_the_loss() =>
        DeviceChecks.ARowThatIsNotANumberShowsInTheLoss("opencl");
}
