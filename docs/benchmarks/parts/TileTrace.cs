using Word2Vec.Training;

namespace Word2Vec.Benchmarks;

/// <summary>
/// Shows a cache model the memory that the CPU backend goes through for each tile, in its order: ids and tables of the draws for the next
/// tile, then the rows of this one and the scratch memory of the kernels.
/// </summary>
internal sealed class TileTrace
{
    private const int Float = sizeof(float), ContextBlock = 6, LineFloats = CacheModel.Line / Float;

    // One region for each thing, far enough from each other.
    private const long Input = 1L << 40, Output = 2L << 40, Ids = 3L << 40, KeepTable = 4L << 40, AliasTable = 5L << 40,
        Scratch = 6L << 40;

    private readonly CacheModel _caches;
    private readonly int _size, _stride, _negatives, _weightStride;
    private readonly long[] _weights;
    private readonly long _centerDots, _negativeDots, _packed, _contexts, _changes, _centers, _negativeColumns;
    private int _parity;

    public TileTrace(CacheModel caches, TrainingOptions options, TileShape shape)
    {
        (_caches, _size, _stride) = (caches, options.VectorSize, RoundUp(options.VectorSize, LineFloats));
        (_negatives, _weightStride) = (RoundUp(shape.Negatives, 4), RoundUp(shape.Negatives, 8));
        int contexts = RoundUp(shape.Centers + 2 * options.Window, ContextBlock);
        long next = Scratch;
        _weights = [Take(contexts * _weightStride), Take(contexts * _weightStride)];
        _centerDots = Take(2 * options.Window * shape.Centers + LineFloats);
        _negativeDots = Take(contexts * _weightStride);
        _packed = Take(_stride * _weightStride);
        _contexts = Take(contexts * LineFloats);
        _changes = Take(contexts * LineFloats);
        _centers = Take(shape.Centers * LineFloats);
        _negativeColumns = Take(_negatives * LineFloats);

        long Take(int floats)
        {
            long taken = next;
            next += RoundUp(floats, LineFloats) * Float;
            return taken;
        }
    }

    /// <summary>Reads the <paramref name="next"/> tile, then trains <paramref name="tile"/>.</summary>
    public void Train(CorpusTile tile, CorpusTile next, ReadOnlySpan<int> sentence)
    {
        _parity ^= 1;
        Draw(next, sentence);
        NegativeDots(tile);
        CenterDots(tile);
        _caches.Touch(_weights[_parity], Padded(tile) * _weightStride * Float, write: false);
        _caches.Touch(_negativeDots, Padded(tile) * _weightStride * Float, write: true);
        _caches.Touch(_centerDots, tile.Centers.Sum(center => center.End - center.Begin) * Float, write: true);
        for (int offset = 0; offset < _stride; offset += LineFloats)
        {
            Prefetch(next, offset);
            Column(tile, offset);
        }
    }

    private static int Padded(CorpusTile tile) => RoundUp(tile.Contexts.Length, ContextBlock);

    private void Draw(CorpusTile tile, ReadOnlySpan<int> sentence)
    {
        for (int i = 0; i < sentence.Length; i++)
        {
            _caches.Touch(Ids + (tile.SentenceStart + i) * sizeof(int), sizeof(int), write: false);
            _caches.Touch(KeepTable + (long)sentence[i] * sizeof(uint), sizeof(uint), write: false);
        }

        foreach (int bucket in tile.Buckets)
            _caches.Touch(AliasTable + (long)bucket * sizeof(ulong), sizeof(ulong), write: false);
        _caches.Touch(_weights[_parity ^ 1], Padded(tile) * _weightStride * Float, write: true);
    }

    private void NegativeDots(CorpusTile tile)
    {
        for (int block = 0; block < _negatives; block += 4)
        {
            for (int i = 0; i < _stride; i += LineFloats)
            {
                for (int k = block; k < Math.Min(block + 4, tile.Negatives.Length); k++)
                    Row(Output, tile.Negatives[k], i);
                for (int column = i; column < i + LineFloats; column++)
                    _caches.Touch(_packed + ((long)column * _weightStride + block) * Float, 4 * Float, write: true);
            }
        }

        for (int c = 0; c < tile.Contexts.Length; c += ContextBlock)
        {
            for (int block = 0; block < _weightStride; block += LineFloats)
                SixContexts(tile, c, block, Math.Min(LineFloats, _weightStride - block));
        }
    }

    private void SixContexts(CorpusTile tile, int first, int block, int count)
    {
        for (int i = 0; i < _size; i++)
        {
            _caches.Touch(_packed + ((long)i * _weightStride + block) * Float, count * Float, write: false);
            for (int c = first; i % LineFloats == 0 && c < Math.Min(first + ContextBlock, tile.Contexts.Length); c++)
                Row(Input, tile.Contexts[c], i);
        }

        for (int c = first; c < first + ContextBlock; c++)
            _caches.Touch(_negativeDots + ((long)c * _weightStride + block) * Float, count * Float, write: true);
    }

    private void CenterDots(CorpusTile tile)
    {
        long dots = _centerDots;
        foreach (TileCenter center in tile.Centers)
        {
            for (int i = 0; i < _stride; i += LineFloats)
            {
                Row(Output, center.Word, i);
                for (int c = center.Begin; c < center.End; c++)
                {
                    if (c != center.Own)
                        Row(Input, tile.Contexts[c], i);
                }
            }

            int count = center.End - center.Begin - 1;
            _caches.Touch(dots, Math.Max(1, count) * Float, write: true);
            dots += count * Float;
        }
    }

    private void Prefetch(CorpusTile tile, int offset)
    {
        foreach (int word in tile.Contexts)
            _caches.Prefetch(Address(Input, word, offset));
        foreach (TileCenter center in tile.Centers)
            _caches.Prefetch(Address(Output, center.Word, offset));
        foreach (int word in tile.Negatives)
            _caches.Prefetch(Address(Output, word, offset));
    }

    private void Column(CorpusTile tile, int offset)
    {
        for (int k = 0; k < tile.Negatives.Length; k++)
            Copy(Address(Output, tile.Negatives[k], offset), _negativeColumns, k);
        for (int i = 0; i < tile.Centers.Length; i++)
            Copy(Address(Output, tile.Centers[i].Word, offset), _centers, i);
        for (int block = 0; block < _negatives; block += _negatives - block >= 8 ? 8 : 4)
            Negatives(tile, offset, block, Math.Min(8, _negatives - block));
        Centers(tile, offset);
        for (int c = 0; c < tile.Contexts.Length; c++)
        {
            Line(_changes, c, write: false);
            _caches.Touch(Address(Input, tile.Contexts[c], offset), CacheModel.Line, write: true);
        }
    }

    private void Negatives(CorpusTile tile, int offset, int block, int count)
    {
        for (int c = 0; c < tile.Contexts.Length; c++)
        {
            if (block == 0)
                Copy(Address(Input, tile.Contexts[c], offset), _contexts, c);
            else
                Line(_contexts, c, write: false);
            _caches.Touch(_negativeDots + ((long)c * _weightStride + block) * Float, count * Float, write: false);
            _caches.Touch(_negativeColumns + (long)block * CacheModel.Line, count * CacheModel.Line, write: false);
            Line(_changes, c, write: true);
        }

        for (int k = block; k < Math.Min(block + count, tile.Negatives.Length); k++)
            _caches.Touch(Address(Output, tile.Negatives[k], offset), CacheModel.Line, write: true);
    }

    private void Centers(CorpusTile tile, int offset)
    {
        long gradients = _centerDots;
        for (int i = 0; i < tile.Centers.Length; i++)
        {
            TileCenter center = tile.Centers[i];
            Line(_centers, i, write: false);
            for (int c = center.Begin; c < center.End; c++)
            {
                if (c == center.Own)
                    continue;
                _caches.Touch(gradients, Float, write: false);
                Line(_contexts, c, write: false);
                Line(_changes, c, write: true);
                gradients += Float;
            }

            _caches.Touch(Address(Output, center.Word, offset), CacheModel.Line, write: true);
        }
    }

    private void Copy(long from, long region, int line)
    {
        _caches.Touch(from, CacheModel.Line, write: false);
        Line(region, line, write: true);
    }

    private void Line(long region, int line, bool write) => _caches.Touch(region + (long)line * CacheModel.Line, CacheModel.Line, write);

    private void Row(long matrix, int word, int offset) => _caches.Touch(Address(matrix, word, offset), CacheModel.Line, write: false);

    private long Address(long matrix, int word, int offset) => matrix + ((long)word * _stride + offset) * Float;

    private static int RoundUp(int count, int block) => (count + block - 1) / block * block;
}
