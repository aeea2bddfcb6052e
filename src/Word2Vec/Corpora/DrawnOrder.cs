using Word2Vec.Numerics;

namespace Word2Vec.Corpora;

/// <summary>An order of 0 … n − 1 in which every one is as likely (Fisher and Yates), from a key alone.</summary>
internal static class DrawnOrder
{
    public static int[] Of(int count, DrawKey key)
    {
        var order = new int[count];
        for (int i = 0; i < count; i++)
        {
            int other = (int)CounterRandom.Below(key.Draw(i), (uint)i + 1);
            (order[i], order[other]) = (order[other], i);
        }

        return order;
    }
}
