using Word2Vec.Training;

namespace Word2Vec.Kernels.Tests;

/// <summary>On a real CUDA device.</summary>
public sealed class CudaTests
{
    // Sizes that are less, more and not a multiple of the lanes and the group.
    [DeviceTheory("cuda")]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 15, 2, 7)]
    [InlineData(1, 100, 5, 5)]
    [InlineData(1, 300, 20, 64)]
    [InlineData(2, 1, 1, 1)]
    [InlineData(5, 15, 2, 7)]
    [InlineData(16, 33, 7, 1)]
    [InlineData(16, 100, 5, 5)]
    [InlineData(16, 128, 5, 5)]
    [InlineData(20, 257, 3, 4)]
    [InlineData(4, 300, 20, 5)]
    [InlineData(7, 1024, 4, 10)]
    public void One_tile_in_flight_trains_as_the_plain_backend_does(int tile, int size, int window, int negatives) =>
        DeviceChecks.OneTileInFlightTrainsAsThePlainBackendDoes("cuda", tile, size, window, negatives);

    [DeviceTheory("cuda")]
    [InlineData(1, 90)]
    [InlineData(3, 8)]
    [InlineData(16, 100)]
    public void A_long_corpus_keeps_the_tokens_that_the_plain_backend_keeps(int tile, int size) =>
        DeviceChecks.ALongCorpusKeepsTheTokensThatThePlainBackendKeeps("cuda", tile, size);

    [DeviceTheory("cuda")]
    [InlineData(1)]
    [InlineData(16)]
    public void Many_windows_in_flight_lose_no_addition(int tile) =>
        DeviceChecks.ManyWindowsInFlightLoseNoAddition("cuda", tile);

    [DeviceTheory("cuda")]
    [InlineData(1)]
    [InlineData(16)]
    public void Many_windows_in_flight_learn_what_the_plain_backend_learns(int tile) =>
        DeviceChecks.ManyWindowsInFlightLearnWhatThePlainBackendLearns("cuda", tile);

    [DeviceTheory("cuda")]
    [InlineData(1)]
    [InlineData(16)]
    public void A_row_that_is_not_a_number_shows_in_the_loss(int tile) =>
        DeviceChecks.ARowThatIsNotANumberShowsInTheLoss("cuda", tile);

    [DeviceTheory("cuda")]
    [InlineData(1, 300)]
    [InlineData(16, 6000)]
    public void Ids_in_blocks_train_as_ids_that_lie_on_the_device_do(int tile, int block) =>
        DeviceChecks.IdsInBlocksTrainAsIdsThatLieOnTheDeviceDo("cuda", tile, block);

    [DeviceFact("cuda")]
    public void Rows_that_are_too_large_for_one_piece_are_refused() => DeviceChecks.RowsThatAreTooLargeForOnePieceAreRefused("cuda");

    [DeviceTheory("cuda")]
    [InlineData("cbow", 1, 1, 1)]
    [InlineData("cbow", 100, 5, 5)]
    [InlineData("cbow", 257, 20, 64)]
    [InlineData("cbow subwords", 33, 3, 5)]
    [InlineData("cbow subwords", 1024, 2, 2)]
    [InlineData("skip-gram subwords", 7, 20, 20)]
    [InlineData("skip-gram subwords", 129, 5, 5)]
    [InlineData("cbow hierarchical", 100, 5, 5)]
    [InlineData("skip-gram hierarchical", 100, 5, 5)]
    [InlineData("skip-gram hierarchical", 257, 20, 1)]
    [InlineData("cbow subwords hierarchical", 32, 5, 5)]
    [InlineData("skip-gram subwords hierarchical", 100, 5, 5)]
    public void One_window_in_flight_trains_a_model_as_the_plain_backend_does(string model, int size, int window, int negatives) =>
        DeviceChecks.OneWindowInFlightTrainsAModelAsThePlainBackendDoes("cuda", model, size, window, negatives);

    [DeviceTheory("cuda")]
    [InlineData("cbow")]
    [InlineData("cbow subwords")]
    [InlineData("skip-gram subwords")]
    [InlineData("cbow hierarchical")]
    [InlineData("skip-gram hierarchical")]
    public void Many_windows_in_flight_learn_a_model_as_the_plain_backend_does(string model) =>
        DeviceChecks.ManyWindowsInFlightLearnAModelAsThePlainBackendDoes("cuda", model);

    [DeviceTheory("cuda")]
    [InlineData("cbow")]
    [InlineData("skip-gram subwords")]
    public void Many_windows_of_a_model_in_flight_lose_no_addition(string model) =>
        DeviceChecks.ManyWindowsInFlightLoseNoAddition("cuda", DeviceChecks.Model(model, new TrainingOptions { LearningRate = 0.00002 }));

    [DeviceTheory("cuda")]
    [InlineData("cbow")]
    [InlineData("cbow subwords hierarchical")]
    public void A_row_of_a_model_that_is_not_a_number_shows_in_the_loss(string model) =>
        DeviceChecks.ARowThatIsNotANumberShowsInTheLoss("cuda", DeviceChecks.Model(model, new TrainingOptions()));
}
