namespace Word2Vec.Words;

/// <summary>
/// How much more often two words stand side by side than chance would have it. With c(a), c(b) and c(ab) the counts of the words and of the pair, and
/// d the discount:
/// </summary>
public enum PhraseScoring
{
    /// <summary>
    /// (c(ab) − d) · N / (c(a) · c(b)) with N the words of the text: word2phrase's score (Mikolov et al., Distributed Representations of Words and Phrases
    /// and their Compositionality, 2013, section 4). Usual threshold: 100.
    /// </summary>
    Word2Phrase,

    /// <summary>The same with N the number of different words and pairs: the score of gensim's Phrases. Usual threshold: 10.</summary>
    Gensim,

    /// <summary>
    /// Normalized pointwise mutual information, ln(p(ab) / (p(a) · p(b))) / −ln p(ab), −1 … 1 (Bouma, Normalized (Pointwise) Mutual Information in
    /// Collocation Extraction, 2009); without a discount. 0 is chance, 1 means that neither word stands without the other. Usual threshold: 0.5.
    /// </summary>
    Npmi,
}
