using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>The result of one section of an analogy file, or of several together.</summary>
/// <param name="Name">What stands behind the colon.</param>
/// <param name="Correct">Questions whose first answer is the expected word.</param>
/// <param name="Asked">Questions whose four words have vectors and whose answer may be found.</param>
/// <param name="Total">All questions of the section.</param>
public sealed record AnalogySection(string Name, int Correct, int Asked, int Total)
{
    /// <summary>The share of the asked questions that was answered correctly, 0 … 1; 0 if none was asked.</summary>
    public double Accuracy => Asked == 0 ? 0 : (double)Correct / Asked;
}

/// <summary>The result of an analogy file.</summary>
public sealed record AnalogyResult(IReadOnlyList<AnalogySection> Sections)
{
    /// <summary>Questions answered correctly.</summary>
    public int Correct => Sections.Sum(section => section.Correct);

    /// <summary>Questions whose four words have vectors and whose answer may be found.</summary>
    public int Asked => Sections.Sum(section => section.Asked);

    /// <summary>All questions of the file.</summary>
    public int Total => Sections.Sum(section => section.Total);

    /// <summary>The share of the asked questions that was answered correctly, 0 … 1.</summary>
    public double Accuracy => Asked == 0 ? 0 : (double)Correct / Asked;

    /// <summary>The sections about meaning together: those whose names do not hold "gram".</summary>
    public AnalogySection Semantic => Together("semantic", grammar: false);

    /// <summary>The sections about grammar together: those whose names hold "gram", as gram1-adjective-to-adverb does.</summary>
    public AnalogySection Syntactic => Together("syntactic", grammar: true);

    private AnalogySection Together(string name, bool grammar)
    {
        AnalogySection[] own = [.. Sections.Where(section => section.Name.Contains("gram", StringComparison.Ordinal) == grammar)];
        var together = new AnalogyResult(own);
        return new AnalogySection(name, together.Correct, together.Asked, together.Total);
    }
}

/// <summary>
/// Google-format analogies: sections that start with ':', lines of four words "a b c d"; d is expected as the word nearest to b − a + c of
/// the unit vectors (3CosAdd), a, b and c excluded. Words are looked up as they are spelt or, failing that, in lower case.
/// </summary>
/// <remarks>Mikolov et al. 2013, Efficient Estimation of Word Representations in Vector Space, section 4.1.</remarks>
public static class AnalogyEvaluation
{
    /// <summary>
    /// Asks the questions of <paramref name="path"/> (- is standard input) among the first <paramref name="restrict"/> words (0: all). A
    /// question is asked only if its four words are among them.
    /// </summary>
    /// <param name="composeUnknown">
    /// Whether a, b and c may be any words that have a vector, where the vectors have subwords: those that are not in the vocabulary have that of
    /// their n-grams, in lower case where the whole vocabulary is. The answer is always one of the first <paramref name="restrict"/> words.
    /// </param>
    /// <param name="progress">Hears, on the calling thread, of the stage <c>analogies</c>: questions, after each batch of them.</param>
    /// <exception cref="Word2VecException">
    /// The file is missing, holds no questions, or a line is not a question (<see cref="ErrorKind.Input"/>).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled, which is looked for between batches of questions.</exception>
    public static AnalogyResult Evaluate(
        WordVectors vectors, string path, int restrict = 30_000, bool composeUnknown = false, IProgress<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        OptionCheck.Range(nameof(restrict), restrict, 0, int.MaxValue);
        AnalogyQuestions questions = AnalogyQuestions.Read(path);
        bool?[][] right = questions.Ask(vectors, restrict, composeUnknown, progress, cancellation);
        return new AnalogyResult([.. questions.Sections.Select((section, i) =>
            new AnalogySection(section.Name, right[i].Count(one => one == true), right[i].Count(one => one is not null), right[i].Length))]);
    }

    /// <summary>Reads <paramref name="path"/> as <see cref="Evaluate"/> does, to find its errors before a long training.</summary>
    /// <exception cref="Word2VecException">As in <see cref="Evaluate"/>.</exception>
    public static void Check(string path) => AnalogyQuestions.Read(path);
}
