namespace Word2Vec.Kernels.Tests;

/// <summary>On a real CUDA device.</summary>
public sealed class CudaTests
{
    // Sizes that are less, more and not a multiple of the lanes and the group.
    [DeviceTheory("cuda")]
    [InlineData(1, 1, 1)]
    [InlineData(15, 2, 7)]
    [InlineData(33, 7, 1)]
    [InlineData(100, 5, 5)]
    [InlineData(257, 3, 4)]
    [InlineData(300, 20, 64)]
    public void One_window_in_flight_trains_as_the_plain_backend_does(int size, int window, int negatives) =>
        DeviceChecks.OneWindowInFlightTrainsAsThePlainBackendDoes("cuda", size, window, negatives);

    [DeviceTheory("cuda")]
    [InlineData(8)]
    [InlineData(90)]
    [InlineData(100)]
    public void A_long_corpus_keeps_the_tokens_that_the_plain_backend_keeps(int size) =>
        DeviceChecks.ALongCorpusKeepsTheTokensThatThePlainBackendKeeps("cuda", size);

    [DeviceFact("cuda")]
    public void Many_windows_in_flight_lose_no_addition() => DeviceChecks.ManyWindowsInFlightLoseNoAddition("cuda");

    [DeviceFact("cuda")]
    public void Many_windows_in_flight_learn_what_the_plain_backend_learns() =>
        DeviceChecks.ManyWindowsInFlightLearnWhatThePlainBackendLearns("cuda");

    [DeviceFact("cuda")]
    public void A_row_that_is_not_a_number_shows_in_the_loss() =>
        DeviceChecks.ARowThatIsNotANumberShowsInTheLoss("cuda");
}
