using ILGPU;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What a thread of the tile kernel has trained, and a group's sum of it.</summary>
internal struct TileTotals
{
    /// <summary>Numbers of a group: tiles, centers, contexts that a center sees, pairs of both.</summary>
    public const int Counts = 4;

    private float _loss, _lossError;
    private int _tiles, _centers, _contexts, _pairs;

    /// <summary>Adds the loss of this thread's pairs of a tile, and remembers what the sum rounds off.</summary>
    public void AddLoss(float loss)
    {
        float sum = _loss + loss;
        _lossError += loss - (sum - _loss);
        _loss = sum;
    }

    /// <summary>Adds a center with the contexts that it sees. One by itself has nothing to learn, so that its tile is none.</summary>
    public void AddCenter(bool isFirst, int contexts)
    {
        _tiles += isFirst && contexts > 0 ? 1 : 0;
        _centers += contexts > 0 ? 1 : 0;
        _pairs += contexts;
    }

    /// <summary>Adds a context that a center sees.</summary>
    public void AddContext() => _contexts++;

    /// <summary>Writes the group's sums; the rows in shared memory are no longer needed. All threads call it together.</summary>
    public void Write(TileArguments a, TileMemory shared)
    {
        Group.Barrier();
        shared.Columns[Group.IdxX] = _loss;
        shared.Columns[Group.DimX + Group.IdxX] = _lossError;
        for (int i = Group.IdxX; i < Counts; i += Group.DimX)
            shared.Words[i] = 0;
        Group.Barrier();
        Atomic.Add(ref shared.Words[0], _tiles);
        Atomic.Add(ref shared.Words[1], _centers);
        Atomic.Add(ref shared.Words[2], _contexts);
        Atomic.Add(ref shared.Words[3], _pairs);
        Group.Barrier();
        if (Group.IdxX != 0)
            return;
        float loss = 0, error = 0;
        for (int thread = 0; thread < Group.DimX; thread++)
        {
            loss += shared.Columns[thread];
            error += shared.Columns[Group.DimX + thread];
        }

        a.Losses[Grid.IdxX] = loss + error;
        for (int i = 0; i < Counts; i++)
            a.Totals[Counts * Grid.IdxX + i] = shared.Words[i];
    }
}
