using System.IO.Pipelines;
using System.Text;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Protocol.Events;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Events;

/// <summary>Readers that are slower than what happens, and readers of a quiet stream.</summary>
public sealed class SlowReaderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(60));
    private readonly EventRing _ring;
    private readonly EventStream _stream;

    // A line that takes 4 KiB and then no more until it is read.
    private readonly Pipe _line = new(
        new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048));

    public SlowReaderTests()
    {
        _ring = new EventRing(_clock.GetUtcNow(), capacity: 1024);
        _stream = new EventStream(_ring, _clock);
    }

    [Fact]
    public async Task Reader_ThatDoesNotRead_IsCutOffAfterTheLimit()
    {
        var writing = _stream.WriteAsync(_line.Writer, null, null, CancellationToken.None);
        Publish(500);
        await AdvanceUntilAsync(writing, EventStream.WriteLimit);
        await Assert.ThrowsAsync<TimeoutException>(() => writing);
    }

    [Fact]
    public async Task Reader_ThatTheRingOvertakes_IsCutOff()
    {
        var writing = _stream.WriteAsync(_line.Writer, null, null, CancellationToken.None);
        Publish(1025);
        await writing.WaitAsync(Limit);
    }

    [Fact]
    public async Task QuietStream_ShowsThatItLives()
    {
        using var stop = new CancellationTokenSource();
        var writing = _stream.WriteAsync(_line.Writer, null, null, stop.Token);
        _clock.Advance(EventStream.KeepAlive);
        var seen = "";
        while (!seen.Contains(": quiet\n\n", StringComparison.Ordinal))
        {
            var read = await _line.Reader.ReadAsync().AsTask().WaitAsync(Limit);
            seen += Encoding.UTF8.GetString(read.Buffer);
            _line.Reader.AdvanceTo(read.Buffer.End);
        }

        Assert.StartsWith(": GridVolunteer events\nretry: 2000\n\n", seen, StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    private async Task AdvanceUntilAsync(Task ended, TimeSpan step)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!ended.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            _clock.Advance(step);
            await Task.Yield();
        }
    }

    private void Publish(int count) => _ring.Publish(
        [.. Enumerable.Range(0, count).Select(i => new GridEvent { Kind = "peer", At = _clock.GetUtcNow(), State = $"{i}" })]);
}
