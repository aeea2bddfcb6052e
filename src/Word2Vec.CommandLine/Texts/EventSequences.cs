using System.Runtime.InteropServices;

namespace Word2Vec.CommandLine.Texts;

/// <summary>Collects events and gives them back by group: groups in the order in which they are first seen, in each the items by time, or as they came. An event takes 16 bytes.</summary>
internal sealed class EventSequences
{
    private readonly Dictionary<string, int> _groups = [], _items = [];
    private readonly List<string> _itemNames = [];
    private readonly List<(int Group, int Item, long Time)> _events = [];

    /// <summary>Events so far.</summary>
    public int Events => _events.Count;

    /// <summary>Groups so far.</summary>
    public int Groups => _groups.Count;

    /// <summary>Different items so far.</summary>
    public int Items => _items.Count;

    /// <summary>Adds an event.</summary>
    public void Add(string group, string item, long time)
    {
        if (_events.Count == Array.MaxLength)
            throw new Word2VecException(ErrorKind.Input, $"There are more than {_events.Count} events; split the file, or give --grouped if the rows of a group stand together.");
        int groupId = IdOf(_groups, group), itemId = IdOf(_items, item);
        if (itemId == _itemNames.Count)
            _itemNames.Add(item);
        _events.Add((groupId, itemId, time));
    }

    /// <summary>The items of each group.</summary>
    public IEnumerable<IEnumerable<string>> All()
    {
        int[] order = [.. Enumerable.Range(0, _events.Count)];
        Array.Sort(order, Compare);
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && _events[order[end]].Group == _events[order[start]].Group)
                end++;
            yield return order[start..end].Select(i => _itemNames[_events[i].Item]);
        }
    }

    /// <summary>Forgets the events and groups, not the items.</summary>
    public void Clear()
    {
        _events.Clear();
        _groups.Clear();
    }

    private static int IdOf(Dictionary<string, int> ids, string name)
    {
        ref int id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, name, out bool exists);
        return exists ? id : id = ids.Count - 1;
    }

    // Of the same time, as they came.
    private int Compare(int a, int b)
    {
        (int Group, int Item, long Time) first = _events[a], second = _events[b];
        int byGroup = first.Group.CompareTo(second.Group), byTime = first.Time.CompareTo(second.Time);
        return byGroup != 0 ? byGroup : byTime != 0 ? byTime : a.CompareTo(b);
    }
}
