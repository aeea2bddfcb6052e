namespace Word2Vec.Words;

/// <summary>
/// The way from ids in first-seen order to those of a vocabulary, for one reading of the stream of ids from its begin. Where words were dropped on the
/// way, an id had one word after another; only the last can have been kept, and counts from where it came.
/// </summary>
internal sealed class NewIds
{
    private readonly int[] _ids;
    private readonly int[] _generations;
    private readonly IReadOnlyList<long> _prunings;
    private long _position;
    private int _generation;

    /// <summary>Takes <paramref name="ids"/>, for each id of <paramref name="table"/> the new one or −1, without a copy.</summary>
    public NewIds(int[] ids, WordTable table)
    {
        (_ids, _prunings) = (ids, table.Prunings);
        _generations = new int[_prunings.Count == 0 ? 0 : ids.Length];
        for (int id = 0; id < _generations.Length; id++)
        {
            _generations[id] = table.GenerationOf(id);
            if (_generations[id] > 0 && ids[id] >= 0)
                ids[id] = Turned(ids[id]);
        }
    }

    /// <summary>By first-seen id, the one in the vocabulary; below 0 where the word was not kept.</summary>
    public ReadOnlySpan<int> Ids => _ids;

    /// <summary>
    /// Goes on by up to <paramref name="count"/> ids of the stream and returns by how many; <see cref="Ids"/> holds for these, until the next call.
    /// </summary>
    public int Advance(int count)
    {
        while (_generation < _prunings.Count && _prunings[_generation] == _position)
            Begin(++_generation);
        long end = _generation < _prunings.Count ? _prunings[_generation] : long.MaxValue;
        int part = (int)Math.Min(count, end - _position);
        _position += part;
        return part;
    }

    private void Begin(int generation)
    {
        for (int id = 0; id < _generations.Length; id++)
        {
            if (_generations[id] == generation && _ids[id] < -1)
                _ids[id] = Turned(_ids[id]);
        }
    }

    // Kept, but not yet come: below −1.
    private static int Turned(int id) => -2 - id;
}
