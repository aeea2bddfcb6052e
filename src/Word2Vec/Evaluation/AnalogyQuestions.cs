using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>The questions of an analogy file; <see cref="AnalogyEvaluation"/> says what they mean.</summary>
internal sealed class AnalogyQuestions
{
    private const string Expected = "four words, or a colon and the name of a section,";
    private const int Batch = 4096;

    // word2vec.c's mark for the end of a line: it has a vector, but is no word, and takes no place among the first `restrict`.
    private const string SentenceEnd = "</s>";

    private readonly List<(string Name, List<string[]> Lines)> _sections;

    private AnalogyQuestions(List<(string Name, List<string[]> Lines)> sections) => _sections = sections;

    /// <summary>The sections in the order of the file, each with its lines of four words.</summary>
    public IReadOnlyList<(string Name, List<string[]> Lines)> Sections => _sections;

    /// <summary>Reads <paramref name="path"/>; - is standard input.</summary>
    /// <exception cref="Word2VecException">The file is missing, holds no questions, or a line is not a question (Input).</exception>
    public static AnalogyQuestions Read(string path)
    {
        var sections = new List<(string Name, List<string[]> Lines)>();
        foreach ((int number, string line) in QuestionFile.Lines(path, Expected))
        {
            if (line.StartsWith(':'))
            {
                sections.Add((line[1..].Trim(), []));
                continue;
            }

            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 4)
                throw QuestionFile.Malformed(path, number, line, Expected);
            if (sections.Count == 0)
                sections.Add(("questions", []));
            sections[^1].Lines.Add(words);
        }

        if (sections.TrueForAll(section => section.Lines.Count == 0))
            throw new Word2VecException(ErrorKind.Input, $"'{path}' holds no analogy questions; {Expected} were expected on each line.");
        return new AnalogyQuestions(sections);
    }

    /// <summary>
    /// Asks among the first <paramref name="restrict"/> words (0: all) and returns for each line of each section whether the answer was right; null
    /// where not all four words are among them. With <paramref name="composeUnknown"/> the answer alone must be, as <see cref="AnalogyEvaluation"/> says.
    /// </summary>
    public bool?[][] Ask(WordVectors vectors, int restrict, bool composeUnknown, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        int sentenceEnd = vectors.Words.TryGetId(SentenceEnd, out int found) ? found : -1;
        long rows = restrict + (sentenceEnd >= 0 && sentenceEnd <= restrict ? 1L : 0);
        int limit = restrict == 0 ? vectors.Count : (int)Math.Min(rows, vectors.Count);
        bool?[][] right = [.. _sections.Select(section => new bool?[section.Lines.Count])];
        var index = new VectorIndex(vectors, limit);

        // The questions of all sections together, since a full batch costs the search less a question.
        var words = new QuestionWords(vectors, composeUnknown);
        int total = _sections.Sum(section => section.Lines.Count);
        progress?.Report(new StageProgress("analogies", 0, total));
        foreach (Question[] questions in Known(words, limit, sentenceEnd).Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            Hit[][] answers = Search(index, questions, sentenceEnd, cancellation);
            for (int i = 0; i < questions.Length; i++)
                right[questions[i].Section][questions[i].Line] = answers[i].Length > 0 && answers[i][0].Id == questions[i].Ids[3];
            progress?.Report(new StageProgress("analogies", questions[^1].Number, total));
        }

        return right;
    }

    private IEnumerable<Question> Known(QuestionWords words, int limit, int sentenceEnd)
    {
        int number = 0;
        for (int section = 0; section < _sections.Count; section++)
        {
            for (int line = 0; line < _sections[section].Lines.Count; line++)
            {
                var question = new Question(++number, section, line, new int[4], new float[4][]);
                if (TryFind(words, _sections[section].Lines[line], question, limit, sentenceEnd))
                    yield return question;
            }
        }
    }

    private static bool TryFind(QuestionWords words, string[] line, Question question, int limit, int sentenceEnd)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (!words.TryGetVector(line[i], out int id, out ReadOnlySpan<float> vector) || (id >= 0 && id == sentenceEnd))
                return false;
            bool mayBeAnyWord = words.Composes && i < line.Length - 1;
            if (!mayBeAnyWord && (id < 0 || id >= limit))
                return false;
            question.Ids[i] = id;
            if (id < 0)
                question.Composed[i] = vector.ToArray();
        }

        return true;
    }

    private static Hit[][] Search(VectorIndex index, Question[] questions, int sentenceEnd, CancellationToken cancellation)
    {
        int size = index.Vectors.Size;
        var queries = new float[questions.Length * size];
        for (int i = 0; i < questions.Length; i++)
        {
            Span<float> query = queries.AsSpan(i * size, size);
            questions[i].AddTo(query, index, 1, 1);
            questions[i].AddTo(query, index, -1, 0);
            questions[i].AddTo(query, index, 1, 2);
        }

        int[][] excluded = Array.ConvertAll(questions, question => new[] { question.Ids[0], question.Ids[1], question.Ids[2], sentenceEnd });
        return index.Search(queries, 1, excluded, cancellation);
    }

    /// <summary>A line whose four words were found, with its place among all lines from 1: their ids, or -1 and the vector that was put together.</summary>
    private sealed record Question(int Number, int Section, int Line, int[] Ids, float[]?[] Composed)
    {
        /// <summary>Adds <paramref name="weight"/> times the unit vector of word <paramref name="place"/> to <paramref name="query"/>.</summary>
        public void AddTo(Span<float> query, VectorIndex index, float weight, int place)
        {
            if (Composed[place] is { } vector)
                VectorIndex.AddUnit(query, weight, vector);
            else
                index.AddUnit(query, weight, Ids[place]);
        }
    }
}
