using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

public sealed class TokenizerTests
{
    private const string Sentence = "Don't worry:\nthe WELL-known caf\u00E9 (open) isn't far.";

    [Fact]
    public void Text_is_cut_as_a_corpus_is() => Assert.Equal(
        ["don't", "worry", "the", "well-known", "caf\u00E9", "open", "isn't", "far"], new Tokenizer(TokenizerKind.Text).Split(Sentence));

    [Fact]
    public void Whitespace_leaves_words_as_they_are() => Assert.Equal(
        ["Don't", "worry:", "the", "WELL-known", "caf\u00E9", "(open)", "isn't", "far."], new Tokenizer(TokenizerKind.Whitespace).Split(Sentence));

    [Fact]
    public void Ids_come_in_the_order_of_the_text_and_unknown_words_are_counted()
    {
        var ids = new List<int> { 7 };
        var index = WordIndex.From(["far", "caf\u00E9", "the", "Don't"]);
        Assert.Equal(10, new Tokenizer(TokenizerKind.Text).FindIds(Sentence + " The far", index, ids));
        Assert.Equal([7, 2, 1, 0, 2, 0], ids);
    }

    [Fact]
    public void No_text_has_no_words_and_null_is_refused()
    {
        var tokenizer = new Tokenizer(TokenizerKind.Text);
        Assert.Empty(tokenizer.Split(""));
        Assert.Equal(0, tokenizer.FindIds("\n \n", WordIndex.From(["a"]), []));
        Assert.Throws<ArgumentNullException>(() => tokenizer.Split(null!));
        Assert.Throws<ArgumentNullException>(() => tokenizer.FindIds(null!, WordIndex.From(["a"]), []));
    }
}
