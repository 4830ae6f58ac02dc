using FsCheck.Xunit;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Tests.Jobs;

/// <summary>A job among its shards, under any order of messages: late, doubled, lost in a crash.</summary>
[Properties(Arbitrary = [typeof(ScriptArbitrary)])]
public sealed class JobLifeProperties
{
    private static readonly long[] Sizes = [1, 64, 65_536, 65_537, 200_000, 400_000];
    private static readonly int[] FanIns = [0, 2, 3, 64, 1024];

    [Property(MaxTest = 150)]
    public void Job_UnderAnyOrderOfMessages_EndsWithEveryUnitCountedOnce(byte size, byte fanIn, Script script)
    {
        var submission = Submissions.Sound with
        {
            Units = Sizes[size % Sizes.Length],
            MergeFanIn = FanIns[fanIn % FanIns.Length],
        };
        var grid = new JobAmongShards(new JobId(3), submission, failingUnits: script.Steps.Length % 3);

        foreach (var step in script.Steps)
        {
            grid.Step(step);
        }

        grid.RunToTheEnd();

        var snapshot = grid.Job.Snapshot()!;
        Assert.True(snapshot.State.IsFinal());
        Assert.Equal(snapshot.State, grid.StateTold);
        var units = grid.Decided.Where(s => s.Shard.Level == 0).ToList();
        var merges = grid.Decided.Where(s => s.Shard.Level > 0);
        Assert.Equal(units.Sum(s => (long)s.Validated), snapshot.UnitsValidated);
        Assert.Equal(units.Sum(s => (long)s.Failed), snapshot.UnitsFailed);
        Assert.Equal(merges.Sum(s => (long)s.Validated), snapshot.MergesValidated);
        if (snapshot.State is JobState.Completed or JobState.CompletedWithFailures)
        {
            Assert.Equal(submission.Units, snapshot.UnitsValidated + snapshot.UnitsFailed);
            Assert.Equal(snapshot.MergesTotal, snapshot.MergesValidated);
            Assert.Equal(submission.MergeFanIn > 0, snapshot.Output is not null);
            Assert.Equal(snapshot.UnitsFailed > 0, snapshot.State == JobState.CompletedWithFailures);
        }
        else
        {
            Assert.True(snapshot.State == JobState.Cancelled || snapshot.UnitsValidated == 0);
        }
    }
}
