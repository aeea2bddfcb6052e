using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>
/// The corpus's ids on the device: all of them, or two blocks, so that while the device trains on one the ids of the next span travel into the other.
/// </summary>
/// <remarks>
/// A block travels on a stream (on OpenCL: a command queue) of its own, and from page-locked memory, since from any other CUDA copies while the host
/// waits. The host waits for a block before it launches the kernels that read it, and for those before it sends anything into that block again: so
/// streams need not wait for each other, and on OpenCL, where one queue sees for certain only what another one has finished, the kernels see the ids.
/// One buffer of page-locked memory is enough, since it is filled when the copy before has arrived.
/// </remarks>
internal sealed unsafe class CorpusIds : IDisposable
{
    private readonly EncodedCorpus _corpus;
    private readonly int _epochs, _usualSpan;
    private readonly Action<TakenStep>? _told;
    private readonly List<MemoryBuffer1D<int, Stride1D.Dense>> _blocks = [];
    private AcceleratorStream? _stream;
    private PageLockedMemory<int>? _host;
    private (long Start, long End) _next;

    /// <summary>Allocates; uploads where the device holds them all.</summary>
    /// <param name="capacity">Positions that a span may have; 0: the device holds all ids.</param>
    /// <param name="usualSpan">Positions that a span is expected to have, to the end of its last sentence.</param>
    public CorpusIds(TrainingJob job, Accelerator accelerator, int capacity, int usualSpan, Action<TakenStep>? told)
    {
        (_corpus, _epochs, _usualSpan, _told) = (job.Corpus, job.Options.Epochs, usualSpan, told);
        try
        {
            if (capacity == 0)
            {
                _blocks.Add(accelerator.Allocate1D<int>(_corpus.Length));
                _blocks[0].View.CopyFromCPU(ref *_corpus.First, _corpus.Length);
                return;
            }

            _blocks.Add(accelerator.Allocate1D<int>(capacity));
            _blocks.Add(accelerator.Allocate1D<int>(capacity));
            _stream = accelerator.CreateStream();
            _host = new PageLockedMemory<int>(accelerator, capacity);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The block that the last span taken lies in.</summary>
    public int Block { get; private set; }

    /// <summary>Bytes on the device.</summary>
    /// <param name="capacity">As for the constructor.</param>
    public static long Bytes(EncodedCorpus corpus, int capacity) => sizeof(int) * (capacity == 0 ? corpus.Length : 2L * capacity);

    /// <summary>Waits for the ids of <paramref name="span"/>, sends them if they were not expected, and says where the first of them lies.</summary>
    public (ArrayView<int> Ids, long First) Take(TrainingSpan span)
    {
        if (_stream is null)
            return (_blocks[0].View, span.Start);
        if (span.Start < _next.Start || span.End > _next.End)
            Send(span.Start, span.End);
        _stream.Synchronize();
        Block = 1 - Block;
        _told?.Invoke(new TakenStep(SpanStep.IdsArrived, span.Start, Block));
        long first = span.Start - _next.Start;
        _next = default;
        return (_blocks[Block].View, first);
    }

    /// <summary>Sends the ids that come after <paramref name="span"/>, for which <paramref name="training"/> has its launches, without waiting for either.</summary>
    public void SendNext(TrainingSpan span, AcceleratorStream training)
    {
        long start = span.End < _corpus.Length ? span.End : 0;
        if (_stream is null || (start == 0 && span.Epoch + 1 >= _epochs))
            return;
        Submit(training);
        Send(start, Math.Min(_corpus.SentenceStart(start + _usualSpan), start + _blocks[0].Length));
        Submit(_stream);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A copy under way still reads the page-locked memory.
        if (_stream is not null)
            DriverGuard.Try(_stream.Synchronize);
        DriverGuard.Release(_stream);
        _host?.Dispose();
        _blocks.ForEach(DriverGuard.Release);
        _blocks.Clear();
        (_stream, _host) = (null, null);
    }

    private void Send(long start, long end)
    {
        int length = (int)(end - start), block = 1 - Block;

        // Ids that were expected and are not wanted may still be on their way out of the page-locked memory.
        _stream!.Synchronize();
        _corpus.Ids(start, length).CopyTo(_host!.Span);
        _blocks[block].View.AsContiguous().SubView(0, length).CopyFromCPUUnsafeAsync(_stream, ref _host.First, length);
        _next = (start, end);
        _told?.Invoke(new TakenStep(SpanStep.IdsSent, start, block));
    }

    /// <summary>OpenCL may keep commands in the host until somebody waits for them.</summary>
    private static void Submit(AcceleratorStream stream)
    {
        if (stream is CLStream queue)
            CLException.ThrowIfFailed(CLAPI.CurrentAPI.FlushCommandQueue(queue.CommandQueue));
    }
}
