using FsCheck.Xunit;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>
/// Random schedules. A failure prints the schedule and a seed; the same run comes back with
/// <c>[Property(Replay = "seed")]</c>.
/// </summary>
public sealed class ShardProperties
{
    [Property(Arbitrary = [typeof(ShardSchedule)], MaxTest = 700, QuietOnSuccess = true)]
    public void AnySchedule_KeepsEveryUnitAndEnds(ShardSchedule schedule) => new ShardWorld(schedule).Run();
}
