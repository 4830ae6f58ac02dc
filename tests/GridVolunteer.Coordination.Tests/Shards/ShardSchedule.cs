using FsCheck;
using FsCheck.Fluent;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>A shard and what happens to it.</summary>
/// <param name="Units">Its units.</param>
/// <param name="Quorum">Its quorum.</param>
/// <param name="IsNumeric">Whether results agree within a tolerance.</param>
/// <param name="Steps">What happens.</param>
public sealed record ShardSchedule(int Units, int Quorum, bool IsNumeric, IReadOnlyList<ShardStep> Steps)
{
    private static readonly (int Weight, ShardStepKind Kind)[] Weights =
    [
        (8, ShardStepKind.Lease), (1, ShardStepKind.LeaseUnheard), (1, ShardStepKind.LeaseAgain),
        (6, ShardStepKind.Report), (4, ShardStepKind.ReportPart), (2, ShardStepKind.ReportAgain),
        (3, ShardStepKind.Fail), (1, ShardStepKind.HandBack), (1, ShardStepKind.Crash), (
            2, ShardStepKind.Silence),
        (1, ShardStepKind.Goodbye), (3, ShardStepKind.Reconcile), (3, ShardStepKind.Pass), (
            1, ShardStepKind.PassLong),
        (1, ShardStepKind.Forge), (1, ShardStepKind.Restart), (1, ShardStepKind.RestartFromSnapshot),
    ];

    /// <summary>Schedules for FsCheck; smaller ones are tried when one fails.</summary>
    public static Arbitrary<ShardSchedule> Any() => Arb.From(Generator(), Smaller);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Units} units, quorum {Quorum}, {(IsNumeric ? "numeric" : "exact")}: {string.Join("; ", Steps.Select(
            s => $"{s.Kind} v{s.Volunteer} {s.Amount} {s.Salt}"))}";

    private static Gen<ShardSchedule> Generator()
    {
        var kinds = Gen.Frequency(Weights.Select(w => (w.Weight, Gen.Constant(w.Kind))));
        var steps =
            from kind in kinds
            from volunteer in Gen.Choose(0, 5)
            from amount in Gen.Choose(1, 25)
            from salt in Gen.Choose(0, 999)
            select new ShardStep(kind, volunteer, amount, salt);
        return
            from units in Gen.Frequency((9, Gen.Choose(1, 60)), (1, Gen.Choose(200, 700)))
            from quorum in Gen.Choose(1, 3)
            from isNumeric in Gen.Elements(true, false)
            from length in Gen.Choose(1, 150)
            from list in steps.ListOf(length)
            select new ShardSchedule(units, quorum, isNumeric, [.. list]);
    }

    private static IEnumerable<ShardSchedule> Smaller(ShardSchedule schedule)
    {
        for (var chunk = schedule.Steps.Count / 2; chunk > 0; chunk /= 2)
        {
            for (var at = 0; at + chunk <= schedule.Steps.Count; at += chunk)
            {
                yield return schedule with { Steps = [.. schedule.Steps.Take(at), .. schedule.Steps.Skip(at + chunk)] };
            }
        }

        if (schedule.Units > 1)
        {
            yield return schedule with { Units = schedule.Units / 2 };
            yield return schedule with { Units = schedule.Units - 1 };
        }
    }
}
