using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>The result of one section of an analogy file, or of several together.</summary>
/// <param name="Name">What stands behind the colon.</param>
/// <param name="Correct">Questions whose first answer is the expected word.</param>
/// <param name="Asked">Questions whose four words are known.</param>
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

    /// <summary>Questions whose four words are known.</summary>
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
    private const string Expected = "four words, or a colon and the name of a section,";
    private const int Batch = 4096;

    // word2vec.c's mark for the end of a line: it has a vector, but is no word, and takes no place among the first `restrict`.
    private const string SentenceEnd = "</s>";

    /// <summary>
    /// Asks the questions of <paramref name="path"/> (- is standard input) among the first <paramref name="restrict"/> words (0: all). A
    /// question is asked only if its four words are among them.
    /// </summary>
    /// <exception cref="Word2VecException">
    /// The file is missing, holds no questions, or a line is not a question (<see cref="ErrorKind.Input"/>).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled, which is looked for between batches of questions.</exception>
    public static AnalogyResult Evaluate(WordVectors vectors, string path, int restrict = 30_000, CancellationToken cancellation = default)
    {
        OptionCheck.Range(nameof(restrict), restrict, 0, int.MaxValue);
        int sentenceEnd = vectors.Words.TryGetId(SentenceEnd, out int found) ? found : -1;
        long rows = restrict + (sentenceEnd >= 0 && sentenceEnd <= restrict ? 1L : 0);
        int limit = restrict == 0 ? vectors.Count : (int)Math.Min(rows, vectors.Count);
        List<Section> sections = Read(vectors, path, limit, sentenceEnd);
        var index = new VectorIndex(vectors, limit);
        Ask(index, sections, sentenceEnd, cancellation);
        return new AnalogyResult([.. sections.Select(section =>
            new AnalogySection(section.Name, section.Correct, section.Questions.Count, section.Lines.Count))]);
    }

    /// <summary>Reads <paramref name="path"/> as <see cref="Evaluate"/> does, to find its errors before a long training.</summary>
    /// <exception cref="Word2VecException">As in <see cref="Evaluate"/>.</exception>
    public static void Check(string path) => Parse(path);

    private static List<Section> Read(WordVectors vectors, string path, int limit, int sentenceEnd)
    {
        List<Section> sections = Parse(path);
        foreach (Section section in sections)
        {
            foreach (string[] words in section.Lines)
            {
                int[] ids = Array.ConvertAll(words, word => QuestionFile.TryGetId(vectors.Words, word, out int id) ? id : -1);
                if (Array.TrueForAll(ids, id => id >= 0 && id < limit && id != sentenceEnd))
                    section.Questions.Add(ids);
            }
        }

        return sections;
    }

    private static List<Section> Parse(string path)
    {
        var sections = new List<Section>();
        foreach ((int number, string line) in QuestionFile.Lines(path, Expected))
        {
            if (line.StartsWith(':'))
            {
                sections.Add(new Section(line[1..].Trim()));
                continue;
            }

            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 4)
                throw QuestionFile.Malformed(path, number, line, Expected);
            if (sections.Count == 0)
                sections.Add(new Section("questions"));
            sections[^1].Lines.Add(words);
        }

        if (sections.TrueForAll(section => section.Lines.Count == 0))
            throw new Word2VecException(ErrorKind.Input, $"'{path}' holds no analogy questions; {Expected} were expected on each line.");
        return sections;
    }

    // The questions of all sections together, since a full batch costs the search less a question.
    private static void Ask(VectorIndex index, List<Section> sections, int sentenceEnd, CancellationToken cancellation)
    {
        int size = index.Vectors.Size;
        IEnumerable<(Section Section, int[] Ids)> all = sections.SelectMany(section => section.Questions.Select(ids => (section, ids)));
        foreach ((Section Section, int[] Ids)[] questions in all.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            var queries = new float[questions.Length * size];
            for (int i = 0; i < questions.Length; i++)
            {
                Span<float> query = queries.AsSpan(i * size, size);
                index.AddUnit(query, 1, questions[i].Ids[1]);
                index.AddUnit(query, -1, questions[i].Ids[0]);
                index.AddUnit(query, 1, questions[i].Ids[2]);
            }

            int[][] excluded = Array.ConvertAll(questions, question => new[] { question.Ids[0], question.Ids[1], question.Ids[2], sentenceEnd });
            Hit[][] answers = index.Search(queries, 1, excluded, cancellation);
            for (int i = 0; i < questions.Length; i++)
            {
                if (answers[i].Length > 0 && answers[i][0].Id == questions[i].Ids[3])
                    questions[i].Section.Correct++;
            }
        }
    }

    private sealed class Section(string name)
    {
        public string Name { get; } = name;

        /// <summary>All questions of the file, as words.</summary>
        public List<string[]> Lines { get; } = [];

        /// <summary>Those whose words are known, as ids.</summary>
        public List<int[]> Questions { get; } = [];

        public int Correct { get; set; }
    }
}
