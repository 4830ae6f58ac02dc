namespace GridVolunteer.Agent.Work;

/// <summary>
/// Says that something has changed to everyone who waits. Take <see cref="Next"/> before looking at what may change, and
/// wait for it after: then no change is missed. Safe for concurrent use.
/// </summary>
internal sealed class AsyncSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends at the next <see cref="Set"/>.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
