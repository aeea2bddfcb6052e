using System.Globalization;
using Word2Vec.Numerics;
using Word2Vec.Training;

namespace Word2Vec.Kernels;

/// <summary>
/// How a tile lies in a group's shared memory: a slot for each row (contexts, then centers, then negatives, each padded to a multiple of four so that
/// blocks of four need no tails), and for each pair of a context and a sample a gradient and, before it, the parts of a dot product.
/// </summary>
/// <param name="Tile">Centers and negatives.</param>
/// <param name="Window">The widest radius of a window.</param>
/// <param name="Lanes">Threads that take a row together; each holds four of the columns that are there at a time. 0: the device is too small for tiles.</param>
/// <param name="DotParts">In how many parts dot products are kept beside the gradients: <see cref="FloatDotParts"/>, or 0 where they become gradients at once.</param>
internal readonly record struct TileGeometry(TileShape Tile, int Window, int Lanes, int DotParts = TileGeometry.FloatDotParts)
{
    /// <summary>Two threads share a dot product of 32-bit numbers, and each keeps its part.</summary>
    public const int FloatDotParts = 2;

    /// <summary>The most centers: a context's centers are the bits of one number.</summary>
    public const int MostCenters = 32;

    /// <summary>Bytes of shared memory that a group may have.</summary>
    public const int LargestSharedMemory = 48 << 10;

    /// <summary>The most vectors of four floats that rows, dot products and gradients may take.</summary>
    public const int MostSharedVectors = (LargestSharedMemory - FixedBytes) / (Block * sizeof(float));

    private const int Block = 4;

    /// <summary>The most slots: the kernel's lists of words, factors and bits have fixed lengths.</summary>
    public const int MostSlots = 128;

    // What measures best on CUDA has still to be seen; by counting instructions and bytes 16 centers are worth 4/5 of 32 and leave room for five groups, six on tensor cores.
    private const int DefaultCenters = 16;

    // Words, factors, bits, windows of the centers, bounds.
    private const int FixedBytes = ((3 * MostSlots) + (2 * MostCenters) + 8) * sizeof(int);

    /// <summary>Slots of the contexts: every position from which a window of the tile can be seen.</summary>
    public int ContextSlots => Multiples.RoundUp(CenterSlots + (2 * Window), Block);

    /// <summary>Slots of the centers; center j is also context <see cref="Window"/> + j.</summary>
    public int CenterSlots => Multiples.RoundUp(Tile.Centers, Block);

    /// <summary>Slots of the negatives.</summary>
    public int NegativeSlots => Multiples.RoundUp(Tile.Negatives, Block);

    /// <summary>All slots.</summary>
    public int Slots => ContextSlots + CenterSlots + NegativeSlots;

    /// <summary>Vectors of four floats that the rows, the parts of each dot product and the gradients take.</summary>
    public int SharedVectors => (Slots * (Lanes + 1)) + ((DotParts + 1) * ((CenterSlots + NegativeSlots) * ContextSlots / Block));

    /// <summary>Bytes of shared memory that a launch asks for; what has a fixed length the kernel brings along.</summary>
    public int DynamicBytes => SharedVectors * Block * sizeof(float);

    /// <summary>Bytes of shared memory that a group needs.</summary>
    public int SharedBytes => DynamicBytes + FixedBytes;

    /// <summary>
    /// The tile that <paramref name="options"/> ask for, or the largest that a group of a device with <paramref name="sharedBytes"/> has room for. A tile
    /// of one center takes no shared memory: the window kernel trains it.
    /// </summary>
    /// <exception cref="Word2VecException">The options ask for a tile that does not fit.</exception>
    public static TileGeometry For(TrainingOptions options, int lanes, long sharedBytes, int dotParts = FloatDotParts)
    {
        long room = Math.Min(sharedBytes, LargestSharedMemory);
        var asked = new TileGeometry(TileShape.Of(options, DefaultCenters), options.Window, lanes, dotParts);
        if (asked.Fits(room))
            return asked;
        int centers = asked.Tile.Centers;
        TileGeometry fitting;
        do
            fitting = new TileGeometry(TileShape.Of(options with { Tile = --centers }), options.Window, lanes, dotParts);
        while (!fitting.Fits(room));
        bool isFree = options.Tile == 0 && (options.TileNegatives == 0 || centers > 1);
        return isFree
            ? fitting
            : throw new Word2VecException(ErrorKind.Usage, string.Create(CultureInfo.InvariantCulture,
                $"The tile asked for has {asked.Tile.Centers} centers and {asked.Tile.Negatives} negatives with --window {options.Window}; on this device there is room for {centers} and {fitting.Tile.Negatives}. Say --tile {centers}, leave --tile and --tile-negatives out, or use --device cpu."));
    }

    private bool Fits(long room) => Tile.Centers == 1 || (Lanes > 0 && Tile.Centers <= MostCenters && Slots <= MostSlots && SharedBytes <= room);
}
