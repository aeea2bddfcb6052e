using Word2Vec.Corpora;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>
/// Something that vectors are measured with: a file of questions whose answers are known. It is read once; <see cref="VectorComparison"/> asks any
/// number of vectors.
/// </summary>
public abstract class Measure
{
    private protected Measure(string kind, string path, params string[] scores) => (Kind, Path, Scores) = (kind, path, scores);

    /// <summary>What is measured: analogies, similarity, categories, labels, retrieval, relevant, links or baskets.</summary>
    public string Kind { get; }

    /// <summary>The file of questions; - is standard input.</summary>
    public string Path { get; }

    /// <summary>The names of its scores. Of each, more is better.</summary>
    public IReadOnlyList<string> Scores { get; }

    /// <summary>Google-format analogies, as <see cref="AnalogyEvaluation"/> asks them: accuracy.</summary>
    /// <param name="composeUnknown">Whether words that are not in the vocabulary have the vector of their n-grams in a question, where the vectors have subwords.</param>
    /// <exception cref="Word2VecException">The file is missing or malformed (Input), or an option is out of its range (Usage).</exception>
    public static Measure Analogies(string path, int restrict = 30_000, bool composeUnknown = false) => new AnalogyMeasure(path, restrict, composeUnknown);

    /// <summary>Word pairs with people's scores, as <see cref="SimilarityEvaluation"/> compares them: Spearman's correlation.</summary>
    /// <param name="composeUnknown">Whether words that are not in the vocabulary have the vector of their n-grams, where the vectors have subwords.</param>
    /// <exception cref="Word2VecException">The file is missing or malformed (Input).</exception>
    public static Measure Similarity(string path, bool composeUnknown = false) => new SimilarityMeasure(path, composeUnknown);

    /// <summary>
    /// Words with categories (a word, a tab, its category a line): their vectors are parted into as many clusters as there are categories, by spherical
    /// k-means with ten starts; purity, normalized mutual information (by the arithmetic mean of the entropies) and adjusted Rand index.
    /// </summary>
    /// <remarks>Manning, Raghavan and Schütze 2008, Introduction to Information Retrieval, section 16.3; Hubert and Arabie 1985.</remarks>
    /// <param name="seed">The starts follow from it.</param>
    public static Measure Categories(string path, ulong seed = 1) => new CategoryMeasure(path, seed);

    /// <summary>
    /// Words with labels: a classifier learns them from the vectors and is asked, in <paramref name="folds"/>-fold cross-validation, for words that it
    /// has not seen; accuracy and macro F1.
    /// </summary>
    /// <param name="seed">Which words are held back together follows from it.</param>
    public static Measure Labels(string path, int folds = 5, ulong seed = 1) => new LabelMeasure(path, folds, seed);

    /// <summary>
    /// Words (or documents) with labels: each is a question for which the others with its label are right answers, ranked by cosine among all others with
    /// a label. Precision and nDCG of the first <paramref name="depth"/>, mean average precision and mean reciprocal rank of the whole ranking.
    /// </summary>
    /// <remarks>Manning, Raghavan and Schütze 2008, section 8.4; Järvelin and Kekäläinen 2002 with gains 0 and 1.</remarks>
    public static Measure Retrieval(string path, int depth = 10) => new RetrievalMeasure(path, depth);

    /// <summary>The same where each line names a word and, behind tabs, the words that are right answers; ranked are all words of the vectors.</summary>
    /// <exception cref="Word2VecException">The file is missing or malformed (Input), or an option is out of its range (Usage).</exception>
    public static Measure Relevant(string path, int depth = 10) => new RelevantMeasure(path, depth);

    /// <summary>
    /// Edges of a graph that were held out of the walks, two nodes a line, each compared with pairs of nodes that have no edge, as many as there are edges: area under the ROC curve (how likely an
    /// edge scores above such a pair; 0.5 by chance) and average precision.
    /// </summary>
    /// <remarks>
    /// Grover and Leskovec 2016, section 4.4, by a score of the two vectors or by a classifier of their pair, which is trained on the edges of <paramref name="graph"/> that are not in the file
    /// (100,000 drawn ones where there are more) and as many pairs without an edge, others than those that are asked.
    /// </remarks>
    /// <param name="graph">The whole graph, whose edges are no such pairs and whose nodes these are; null: all that is known is the file.</param>
    /// <param name="score">How two vectors say whether there is an edge; what is learned needs <paramref name="graph"/>.</param>
    /// <param name="seed">The pairs follow from it; they are the same for all vectors that know the same nodes.</param>
    /// <exception cref="Word2VecException">The file is missing or malformed, or there are no such pairs (Input); the score is learned and there is no graph (Usage).</exception>
    public static Measure Links(string path, Graph? graph = null, LinkScore score = LinkScore.Cosine, ulong seed = 1) => new LinkMeasure(path, graph, score, seed);

    /// <summary>
    /// Baskets, a line each of items with spaces between: each item in turn is asked for from the others, as <see cref="Queries.BasketRecommender"/> does. The share that is among the first
    /// <paramref name="depth"/> and the mean reciprocal rank; and the same of the most popular items, by count or by row, that are not in the basket.
    /// </summary>
    /// <exception cref="Word2VecException">The file is missing or holds no basket of two items (Input), or an option is out of its range (Usage).</exception>
    public static Measure Baskets(string path, int depth = 10) => new BasketMeasure(path, depth);

    /// <summary>Asks <paramref name="vectors"/>.</summary>
    internal abstract Answers Ask(WordVectors vectors, CancellationToken cancellation);
}
