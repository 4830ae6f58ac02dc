using GridVolunteer.Coordination.Brokering;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Tests.Brokering;

public sealed class RulesTests
{
    [Theory]
    [InlineData(60, 0, 2, 4096, 30)]
    [InlineData(60, 0, 7, 4096, 9)]
    [InlineData(60, 0, 1000, 4096, 1)]
    [InlineData(60, 3, 1000, 4096, 3)]
    [InlineData(60, 3, 1000, 2, 2)]
    [InlineData(60, 0, 0, 4096, 4096)]
    [InlineData(double.NaN, 0, 1, 4096, 1)]
    [InlineData(double.PositiveInfinity, 0, 1, 50, 50)]
    [InlineData(-5, -5, 1, -5, 1)]
    public void BatchSize_FillsTheSecondsAndTheIdleThreads(
        double seconds, int threadsIdle, double expectedSeconds, int unitsMax, int units) =>
        Assert.Equal(
            units, BatchSize.Of(seconds, threadsIdle, TimeSpan.FromSeconds(expectedSeconds), unitsMax));

    [Fact]
    public void ShardChoice_SpreadsPeersAndKeepsThemWhenAShardGoes()
    {
        var shards = Enumerable.Range(0, 8).Select(n => new ShardId(new JobId(1), 0, n)).ToList();
        var peers = Enumerable.Range(0, 200).Select(Hints.Peer).ToList();

        var before = peers.Select(p => shards.MaxBy(s => ShardChoice.Score(p, s, 0))).ToList();
        var after = peers.Select(p => shards.Skip(1).MaxBy(s => ShardChoice.Score(p, s, 0))).ToList();

        Assert.All(before.GroupBy(s => s), g => Assert.InRange(g.Count(), 10, 45));
        Assert.Equal(8, before.Distinct().Count());
        Assert.All(before.Zip(after).Where(p => p.First != shards[0]), p => Assert.Equal(p.First, p.Second));
    }

    [Theory]
    [InlineData("linux", "x64", 8, null)]
    [InlineData("windows", "x64", 8, "The job needs linux or macos, and this agent has not.")]
    [InlineData("linux", "arm64", 1, "The job needs x64 and 4 GiB of memory, and this agent has not.")]
    public void NeedsMatch_SaysWhatIsMissing(string system, string architecture, int gibibytes, string? why)
    {
        var needs = new JobNeeds
        {
            OperatingSystems = ["linux", "macos"],
            Architectures = ["x64"],
            MemoryBytes = 4L << 30,
            Programs = ["python3"],
        };
        var host = Hints.Host with
        {
            OperatingSystem = system,
            Architecture = architecture,
            MemoryBytes = (long)gibibytes << 30,
        };

        Assert.Equal(why, NeedsMatch.WhyNot(host, needs));
        Assert.Equal(why is null, NeedsMatch.Meets(host, needs));
    }

    [Fact]
    public void WaitingReason_NamesWhatNobodyHas()
    {
        var needs = new JobNeeds { Programs = ["rscript"], DiskBytes = 5 << 20 };
        var job = Hints.Job(1, vary: s => s with { Needs = needs });

        Assert.Equal(
            "It needs rscript, and none of the 3 agents connected has it.",
            WaitingReason.For(job, 0, [Hints.Host, Hints.Host, Hints.Host]));
        Assert.Equal(
            "It needs rscript, and the only agent connected does not have it.",
            WaitingReason.For(job, 0, [Hints.Host]));
    }

    [Fact]
    public void WaitingReason_WhenNoAgentHasAllAtOnce_SaysSo()
    {
        var job = Hints.Job(1, vary: s => s with
        {
            Needs = new JobNeeds { OperatingSystems = ["windows"], Programs = ["python3"] },
        });

        var bare = Hints.Host with { OperatingSystem = "windows", Programs = [] };
        Assert.Equal(
            "It needs windows and python3, and none of the 2 agents connected has all of that.",
            WaitingReason.For(job, 0, [Hints.Host, bare]));
    }

    [Fact]
    public void WaitingReason_GoesFromTheJobToTheAgentsToTheQueue()
    {
        Assert.Null(WaitingReason.For(Hints.Job(1, state: JobState.Completed), 0, []));
        Assert.Equal(
            "It is paused; resume it to go on.",
            WaitingReason.For(Hints.Job(1, state: JobState.Paused), 5, []));
        Assert.Equal("No agent is connected.", WaitingReason.For(Hints.Job(1), 0, []));
        Assert.Equal(
            "Each unit needs results of 2 different agents, and only 1 agent that can run it is connected.",
            WaitingReason.For(Hints.Job(1, vary: s => s with { Quorum = 2 }), 3, [Hints.Host]));
        Assert.Equal(
            "Its turn comes when an agent asks for work.",
            WaitingReason.For(Hints.Job(1), 0, [Hints.Host]));
        Assert.Null(WaitingReason.For(Hints.Job(1), 3, [Hints.Host]));
    }
}
