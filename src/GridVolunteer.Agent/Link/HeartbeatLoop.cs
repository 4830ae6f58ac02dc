using GridVolunteer.Agent.Hosting;
using GridVolunteer.Agent.Work;
using GridVolunteer.Protocol.Agents;

namespace GridVolunteer.Agent.Link;

/// <summary>
/// Tells the coordinator at the pace it wants that this agent lives and which grants it holds, and lets go of what is void.
/// A beat that is lost is not repeated: the next one says the same.
/// </summary>
internal sealed class HeartbeatLoop(
    CoordinatorLink link, WorkLedger ledger, HostFactsReader host, string name, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>The pace; the coordinator says it with each answer.</summary>
    public TimeSpan Interval { get; private set; } = TimeSpan.FromSeconds(15);

    /// <summary>Beats until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Interval, time, cancellation);
            await BeatAsync(cancellation);
        }
    }

    /// <summary>Beats until the coordinator has heard it.</summary>
    public async Task IntroduceAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            Take(await link.CallAsync((client, token) => client.HeartbeatAsync(Body(), token), cancellation));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Says goodbye; once.</summary>
    public Task SayGoodbyeAsync(CancellationToken cancellation) => link.CallAsync(
        (client, token) => client.HeartbeatAsync(Body() with { Goodbye = true }, token), cancellation);

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task BeatAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            // A beat that takes longer than the pace is worth less than the next one.
            using var timer = new CancellationTokenSource(Interval > ShortestLimit ? Interval : ShortestLimit, time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
            var started = time.GetTimestamp();
            if (await link.TryAsync((client, token) => client.HeartbeatAsync(Body(), token), linked.Token) is { } answer)
            {
                ledger.NoteLatency(time.GetElapsedTime(started).TotalSeconds);
                Take(answer);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Too late to matter; the next one follows at once.
        }
        finally
        {
            _one.Release();
        }
    }

    private Heartbeat Body() => ledger.BeatOf(name, host.Read());

    private void Take(HeartbeatAnswer answer)
    {
        Interval = TimeSpan.FromSeconds(Math.Clamp(answer.IntervalSeconds, 0.1, 3600));
        if (answer.Void.Count > 0)
        {
            ledger.Void(answer.Void);
        }
    }
}
