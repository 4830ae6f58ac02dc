namespace GridVolunteer.Workloads.Tests;

/// <summary>A clock that goes on by a step each time somebody looks.</summary>
internal sealed class SteppingClock(TimeSpan step) : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks += step.Ticks;
}
