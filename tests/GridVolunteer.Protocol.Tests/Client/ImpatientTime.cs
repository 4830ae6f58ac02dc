namespace GridVolunteer.Protocol.Tests.Client;

/// <summary>The real clock, but for short waits, which are over at once.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(
            callback, state, dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(10)
                ? TimeSpan.Zero
                : dueTime, period);
}
