using System.Runtime.CompilerServices;

namespace Word2Vec.Training;

/// <summary>
/// Which piece of a round names each row: a row that only one of them names needs no copy, because nobody else reads it before the round is over.
/// All pieces claim their rows, at the same time, before the first is trained.
/// </summary>
internal sealed class RowClaims
{
    private const int PieceBits = 4, Shared = (1 << PieceBits) - 1, LastRound = int.MaxValue >> PieceBits;

    private readonly int[] _input, _output;
    private int _round = 1;

    /// <summary>Makes claims for the rows of <paramref name="weights"/>, none yet.</summary>
    public RowClaims(Weights weights) => (_input, _output) = (new int[weights.Rows], new int[weights.Rows]);

    /// <summary>Forgets all claims.</summary>
    public void BeginRound()
    {
        if (_round++ < LastRound)
            return;
        Array.Clear(_input);
        Array.Clear(_output);
        _round = 1;
    }

    /// <summary>Says that <paramref name="piece"/>, 0 … 14, names the input vector of <paramref name="word"/>.</summary>
    public void ClaimInput(int word, int piece) => Claim(ref _input[word], piece);

    /// <summary>The same of its output vector.</summary>
    public void ClaimOutput(int word, int piece) => Claim(ref _output[word], piece);

    /// <summary>Whether more than one piece named the input vector of <paramref name="word"/>.</summary>
    public bool IsInputShared(int word) => (_input[word] & Shared) == Shared;

    /// <summary>The same of its output vector.</summary>
    public bool IsOutputShared(int word) => (_output[word] & Shared) == Shared;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Claim(ref int claim, int piece)
    {
        int mine = (_round << PieceBits) | piece, found = Volatile.Read(ref claim);
        if (found != mine)
            Contest(ref claim, found, mine);
    }

    private void Contest(ref int claim, int found, int mine)
    {
        while (found >> PieceBits != _round || (found & Shared) != Shared)
        {
            int wanted = found >> PieceBits != _round ? mine : mine | Shared;
            int before = Interlocked.CompareExchange(ref claim, wanted, found);
            if (before == found)
                return;
            found = before;
        }
    }
}
