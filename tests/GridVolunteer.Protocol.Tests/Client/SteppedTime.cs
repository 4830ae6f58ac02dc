namespace GridVolunteer.Protocol.Tests.Client;

/// <summary>A clock that a test moves; timers go by the real one.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan step) => _now += step;
}
