using Word2Vec.Training;

namespace Word2Vec.Tests.Training;

/// <summary>
/// A device with rows of its own, trained by the plain loop, that fails as a test says: at a span, or half way through bringing the rows home.
/// Spans and reads are counted from 1; 0: never.
/// </summary>
internal sealed class FaultyDevice : TrainingDevice
{
    public const int SpanLength = 100;

    public bool FailsAtCreation { get; init; }

    public int FailsAtSpan { get; init; }

    public int FailsAtRead { get; init; }

    public int LossIsNoNumberAtSpan { get; init; }

    public int RowIsNoNumberAtRead { get; init; }

    public bool FailsAtDisposal { get; init; }

    /// <summary>What the driver throws.</summary>
    public Func<Exception> Failure { get; init; } = () => new InvalidOperationException("out of\nmemory");

    /// <summary>Runs before each span.</summary>
    public Action BeforeSpan { get; init; } = () => { };

    /// <summary>Runs before each read.</summary>
    public Action BeforeRead { get; init; } = () => { };

    public int Spans { get; private set; }

    public int Reads { get; private set; }

    public override string Id => "faulty:0";

    public override string Description => "a device for tests";

    public override ITrainingBackend CreateBackend(TrainingJob job) => FailsAtCreation ? throw Failure() : new Backend(this, job);

    private sealed class Backend : ITrainingBackend
    {
        private readonly FaultyDevice _device;
        private readonly TrainingJob _job;
        private readonly Weights _rows;
        private readonly ITrainingBackend _inner;

        public Backend(FaultyDevice device, TrainingJob job)
        {
            (_device, _job, _rows) = (device, job, new Weights(job.Weights.Rows, job.Weights.Size));
            _rows.CopyFrom(job.Weights);
            _inner = new PlainDevice().CreateBackend(new TrainingJob(job.Corpus, job.Options, _rows));
        }

        public string Description => "faulty";

        public int PreferredSpan => SpanLength;

        public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
        {
            _device.BeforeSpan();
            if (++_device.Spans == _device.FailsAtSpan)
                throw _device.Failure();
            TrainingLoss loss = _inner.Train(span, cancellation);
            return _device.Spans == _device.LossIsNoNumberAtSpan ? loss with { Sum = double.NaN } : loss;
        }

        public void ReadWeights()
        {
            _device.BeforeRead();
            bool fails = ++_device.Reads == _device.FailsAtRead;
            for (int id = 0; id < (fails ? _rows.Rows / 2 : _rows.Rows); id++)
            {
                _rows.InputRow(id).CopyTo(_job.Weights.InputRow(id));
                _rows.OutputRow(id).CopyTo(_job.Weights.OutputRow(id));
            }

            if (_device.Reads == _device.RowIsNoNumberAtRead)
                _job.Weights.OutputRow(_rows.Rows - 1)[0] = float.NaN;
            if (fails)
                throw _device.Failure();
        }

        public void Dispose()
        {
            _inner.Dispose();
            _rows.Dispose();
            if (_device.FailsAtDisposal)
                throw _device.Failure();
        }
    }
}
