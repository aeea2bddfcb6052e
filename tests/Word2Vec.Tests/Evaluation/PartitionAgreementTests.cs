using Word2Vec.Evaluation;

namespace Word2Vec.Tests.Evaluation;

public class PartitionAgreementTests
{
    // By scikit-learn 1.2.1: contingency_matrix(categories, clusters).max(axis=0).sum() / n, normalized_mutual_info_score, adjusted_rand_score.
    [Theory]
    [InlineData("000111222", "001111220", 0.7777777777777778, 0.5895098274473048, 0.35714285714285715)]
    [InlineData("0000", "0000", 1, 1, 1)]
    [InlineData("0123", "0011", 1, 0.6666666666666666, 0)]
    [InlineData("010101", "001122", 0.3333333333333333, 0, -0.36363636363636365)]
    [InlineData("0000", "0123", 0.25, 0, 0)]
    public void Agrees_with_scikit_learn(string clusters, string categories, double purity, double information, double rand)
    {
        var agreement = new PartitionAgreement(Digits(clusters), Digits(categories), Digits(new string('1', clusters.Length)));
        Assert.Equal(purity, agreement.Purity, 1e-12);
        Assert.Equal(information, agreement.NormalizedInformation, 1e-12);
        Assert.Equal(rand, agreement.AdjustedRand, 1e-12);
    }

    // The first two by scikit-learn on the items repeated; the third by counting pairs of different items, each as often as the product of its weights.
    [Fact]
    public void An_item_that_counts_several_times_is_no_pair_with_itself()
    {
        var agreement = new PartitionAgreement(Digits("000112"), Digits("001122"), Digits("201311"));
        Assert.Equal(0.75, agreement.Purity, 1e-12);
        Assert.Equal(0.5162375532111046, agreement.NormalizedInformation, 1e-12);
        Assert.Equal(-0.2272727272727273, agreement.AdjustedRand, 1e-12);
    }

    private static int[] Digits(string text) => [.. text.Select(digit => digit - '0')];
}
