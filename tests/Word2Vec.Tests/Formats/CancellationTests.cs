using System.Collections;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Formats;

/// <summary>Work on files that is cancelled in its middle, and work that nobody waits for.</summary>
public class CancellationTests : VectorFileTest
{
    public static TheoryData<VectorFormat> Formats => [.. VectorFile.Formats.Select(format => format.Format)];

    public static TheoryData<VectorFormat> OneFileFormats =>
        [.. VectorFile.Formats.Where(format => !format.HasCompanions).Select(format => format.Format)];

    // These ask for counts while they write, or have them in a file that comes before the vectors.
    [Theory]
    [InlineData(VectorFormat.Native)]
    [InlineData(VectorFormat.FastText)]
    [InlineData(VectorFormat.Projector)]
    [InlineData(VectorFormat.Sqlite)]
    [InlineData(VectorFormat.Parquet)]
    [InlineData(VectorFormat.Safetensors)]
    public async Task Saving_that_is_cancelled_in_the_middle_leaves_what_was_there_and_nothing_else(VectorFormat format)
    {
        string path = PathFor(format);
        Write(Path.GetFileName(path), "old");
        foreach (bool isAsync in new[] { false, true })
        {
            using var stop = new CancellationTokenSource();
            var counts = new CancellingCounts(stop, 300);
            WordVectors vectors = new(MakePlain(300, 5, 1).Words, 5, new float[1500]) { Counts = counts };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                isAsync ? VectorFile.SaveAsync(vectors, path, null, stop.Token) : Task.Run(() => VectorFile.Save(vectors, path, null, stop.Token)));
            Assert.True(stop.IsCancellationRequested);
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal([Path.GetFileName(path)], FileNames());
        }
    }

    [Theory]
    [MemberData(nameof(OneFileFormats))]
    public void Writing_into_a_stream_stops_when_it_is_cancelled(VectorFormat format)
    {
        using var stop = new CancellationTokenSource();
        using var stream = new CancellingStream(stop, 2000);
        var options = new VectorWriteOptions { Format = format };
        Assert.ThrowsAny<OperationCanceledException>(() => VectorFile.Save(MakePlain(3000, 20, 1), stream, options, stop.Token));
        Assert.InRange(stream.Position, 2000, 200_000);
    }

    [Theory]
    [MemberData(nameof(OneFileFormats))]
    public void Reading_stops_when_it_is_cancelled_and_the_stream_is_not_read_as_vectors(VectorFormat format)
    {
        using var stop = new CancellationTokenSource();
        using var stream = new CancellingStream(stop, long.MaxValue);
        VectorFile.Save(MakePlain(30, 5, 1), stream, new VectorWriteOptions { Format = format });
        stream.Position = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => VectorFile.Open(stream, null, stop.Token));
        Assert.Equal(stream.Length, stream.Position);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Nothing_is_opened_for_a_caller_who_has_gone(VectorFormat format)
    {
        VectorFile.Save(MakePlain(30, 5, 1), PathFor(format));
        Assert.ThrowsAny<OperationCanceledException>(() => VectorFile.Open(PathFor(format), null, new CancellationToken(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => VectorFile.OpenAsync(PathFor(format), null, new CancellationToken(canceled: true)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Files_are_saved_and_opened_without_waiting(VectorFormat format)
    {
        WordVectors vectors = MakePlain(30, 5, 1);
        using var stop = new CancellationTokenSource();
        await VectorFile.SaveAsync(vectors, PathFor(format), cancellation: stop.Token);
        using WordVectors read = await VectorFile.OpenAsync(PathFor(format), cancellation: stop.Token);
        AssertSame(vectors, read);
    }

    [Fact]
    public async Task Streams_that_have_to_be_awaited_are_awaited()
    {
        WordVectors vectors = MakeRandom(30, 5, 1);
        using var stream = new AwaitedStream();
        await VectorFile.SaveAsync(vectors, stream);
        Assert.True(stream.Length > 600);
        stream.Position = 0;
        using WordVectors read = await VectorFile.OpenAsync(stream);
        AssertSame(vectors, read);
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_said_by_the_task()
    {
        Write("v.bin", "2 2\na ");
        Assert.Equal(ErrorKind.Format, (await Assert.ThrowsAsync<Word2VecException>(() => VectorFile.OpenAsync(PathOf("v.bin")))).Kind);
        Assert.Equal(ErrorKind.Output, (await Assert.ThrowsAsync<Word2VecException>(
            () => VectorFile.SaveAsync(MakePlain(3, 2, 1), PathOf("none/v.bin")))).Kind);
    }

    [Fact]
    public void A_file_that_could_not_be_written_takes_its_companion_with_it()
    {
        Write("v.words.txt", "old\n");
        var options = new VectorWriteOptions { Precision = VectorPrecision.Half };
        Assert.Throws<Word2VecException>(() => VectorFile.Save(Make(1, ["a", "b"], 1, 1e6f), PathOf("v.npy"), options));
        Assert.Equal("old\n", File.ReadAllText(PathOf("v.words.txt")));
        Assert.Equal(["v.words.txt"], FileNames());
    }

    private string PathFor(VectorFormat format) => PathOf($"v{VectorFile.Formats.First(info => info.Format == format).Endings[0]}");

    /// <summary>Counts of 1 that cancel when the tenth of them is asked for.</summary>
    private sealed class CancellingCounts(CancellationTokenSource stop, int count) : IReadOnlyList<long>
    {
        public int Count => count;

        public long this[int index]
        {
            get
            {
                if (index == 10)
                    stop.Cancel();
                return 1;
            }
        }

        public IEnumerator<long> GetEnumerator() => Enumerable.Range(0, count).Select(index => this[index]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Cancels when it has been read to its end, or written beyond a length.</summary>
    private sealed class CancellingStream(CancellationTokenSource stop, long length) : MemoryStream
    {
        public override int Read(Span<byte> buffer) => CancelAtEnd(base.Read(buffer));

        public override int Read(byte[] buffer, int offset, int count) => CancelAtEnd(base.Read(buffer, offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            CancelBeyond();
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            base.Write(buffer, offset, count);
            CancelBeyond();
        }

        private int CancelAtEnd(int read)
        {
            if (read == 0)
                stop.Cancel();
            return read;
        }

        private void CancelBeyond()
        {
            if (Position >= length)
                stop.Cancel();
        }
    }

    /// <summary>Refuses to make anybody wait, as a server's streams do.</summary>
    private sealed class AwaitedStream : MemoryStream
    {
        private int _awaited;

        public override int Read(Span<byte> buffer) => throw new InvalidOperationException("Synchronous reading is not allowed.");

        public override int Read(byte[] buffer, int offset, int count) => _awaited > 0
            ? base.Read(buffer, offset, count)
            : throw new InvalidOperationException("Synchronous reading is not allowed.");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new InvalidOperationException("Synchronous writing is not allowed.");

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (_awaited == 0)
                throw new InvalidOperationException("Synchronous writing is not allowed.");
            base.Write(buffer, offset, count);
        }

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            await destination.WriteAsync(ToArray(), cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _awaited++;
            Write(buffer.ToArray(), 0, buffer.Length);
            _awaited--;
            return ValueTask.CompletedTask;
        }
    }
}
