namespace Word2Vec.CommandLine.Tests;

public class WordExpressionTests
{
    [Theory]
    [InlineData("king", "king", "")]
    [InlineData("king - man + woman", "king woman", "man")]
    [InlineData("+king -man +woman", "king woman", "man")]
    [InlineData("  king   woman  ", "king woman", "")]
    [InlineData("-man", "", "man")]
    [InlineData("well-known - c++", "well-known", "c++")]
    [InlineData("- -5", "", "-5")]
    [InlineData("-5", "-5", "")]
    [InlineData("-", "-", "")]
    [InlineData("", "", "")]
    public void Signs_stand_before_words_or_are_part_of_them(string text, string positive, string negative)
    {
        WordExpression parsed = WordExpression.Parse(text, word => word is "-5" or "-");
        Assert.Equal(positive, string.Join(' ', parsed.Positive));
        Assert.Equal(negative, string.Join(' ', parsed.Negative));
    }

    [Theory]
    [InlineData("king -")]
    [InlineData("king + - man")]
    [InlineData("+")]
    public void A_sign_without_a_word_is_an_error(string text)
    {
        var error = Assert.Throws<Word2VecException>(() => WordExpression.Parse(text, _ => false));
        Assert.Equal(ErrorKind.Usage, error.Kind);
    }
}
