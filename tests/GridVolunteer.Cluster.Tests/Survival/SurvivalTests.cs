using System.Diagnostics;
using GridVolunteer.Cluster.Tests.Operation;
using Xunit.Abstractions;

namespace GridVolunteer.Cluster.Tests.Survival;

/// <summary>
/// Silos die, freeze and are replaced, and Redis is killed, all under load. Each time volunteers carry on by
/// themselves, no acknowledged result is lost and none is taken in twice. How long the one that waited longest had
/// to wait is printed, and bounded by what is promised: 5 s after a kill, 10 s after a freeze.
/// </summary>
[Collection("survival")]
public sealed class SurvivalTests(LentCluster lent, ITestOutputHelper output) : IClassFixture<LentCluster>
{
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FreezeLimit = TimeSpan.FromSeconds(10);

    [FactWithGateway(redis: true)]
    public async Task ASiloKilled_AndThenOfTheOthersOneMore_LoseNothing()
    {
        var cluster = await lent.LendAsync();
        await cluster.Silos[0].KillAsync();
        Print("one of three silos killed", await cluster.FlowsAsync(), KillLimit);
        await cluster.Silos[1].KillAsync();
        Print("one of the two left killed", await cluster.FlowsAsync(), KillLimit);
        await EndAsync(cluster);
    }

    [FactWithGateway(redis: true)]
    public async Task TwoOfThreeSilosKilledAtOnce_LoseNothing()
    {
        var cluster = await lent.LendAsync();
        await Task.WhenAll(cluster.Silos[0].KillAsync(), cluster.Silos[2].KillAsync());
        Print("two of three silos killed at once", await cluster.FlowsAsync(), KillLimit);
        await cluster.AddSiloAsync();
        Print("a silo added", await cluster.FlowsAsync());
        await EndAsync(cluster);
    }

    [FactWithGateway(redis: true)]
    public async Task RedisKilledAndStartedAgain_LosesNothing()
    {
        var cluster = await lent.LendAsync();
        for (var kill = 0; kill < 2; kill++)
        {
            await cluster.Redis.KillAsync();
            await cluster.Redis.StartAsync();
            Print("Redis killed and started again", await cluster.FlowsAsync());
        }

        Assert.All(cluster.Silos, silo => Assert.False(silo.HasExited, silo.Said));
        await EndAsync(cluster);
    }

    [FactWithGateway(redis: true)]
    public async Task ASiloFrozenUntilItIsVotedOut_TakesNothingInWhenItComesBack()
    {
        var cluster = await lent.LendAsync();
        var frozen = cluster.Silos[1];
        frozen.Freeze();
        await Task.WhenAll(cluster.Silos.Where(silo => silo != frozen).Select(silo => silo.VotedOutAsync(frozen)));
        Print("one of three silos frozen", await cluster.FlowsAsync(), FreezeLimit);

        // It goes on where it stood, with requests half done, and finds out that it was voted out: it must not
        // write any more, nor refuse what others granted meanwhile, and ends itself.
        frozen.Thaw();
        await frozen.ExitedAsync();
        Print("the frozen silo came back and ended itself", await cluster.FlowsAsync(), FreezeLimit);
        await cluster.AddSiloAsync();
        Print("a silo in its place", await cluster.FlowsAsync());
        await EndAsync(cluster);
    }

    [FactWithGateway(redis: true)]
    public async Task AllSilosRolledOneByOne_Drain_AndNobodyNeedsToRepeatARequest()
    {
        var cluster = await lent.LendAsync();
        var before = cluster.Repetitions;
        List<string> story = [];
        void Tell(string what) => story.Add($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {what}");
        foreach (var old in cluster.Silos.ToArray())
        {
            Tell("a silo is added");
            await cluster.AddSiloAsync();
            Tell($"it gets requests; {old.Url} is told to stop");
            var began = Stopwatch.GetTimestamp();
            Assert.Equal(0, await old.TerminateAsync());
            var took = Stopwatch.GetElapsedTime(began);
            Tell("it ended");
            Print($"a silo started, an old one stopped in {took.TotalSeconds:0.0} s", await cluster.FlowsAsync());

            // A second to drain, 10 for requests, 10 for what is under way between silos.
            Assert.InRange(took, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(25));
        }

        var repeated = cluster.Repetitions.Except(before).ToArray();
        Assert.True(
            repeated.Length == 0,
            $"Repeated, though silos only stopped:\n{string.Join('\n', repeated.AsEnumerable())}\n\n"
            + $"{string.Join('\n', story)}\n\n{cluster.Told()}");
        await EndAsync(cluster);
    }

    private async Task EndAsync(SiloCluster cluster)
    {
        var refused = cluster.Load.Sum(volunteer => volunteer.Refused);
        Assert.True(refused == 0, string.Join('\n', cluster.Load.Select(volunteer => volunteer.Trouble)));
        var acknowledged = await cluster.VerifyAsync();
        lent.Return();
        output.WriteLine(
            $"{acknowledged} results acknowledged, all there, none twice; {cluster.Repetitions.Count} requests repeated");
    }

    private void Print(string what, TimeSpan gap, TimeSpan? limit = null)
    {
        output.WriteLine($"{what}: longest wait of a volunteer {gap.TotalSeconds:0.00} s");
        Assert.True(gap < (limit ?? TimeSpan.MaxValue), $"{what}: work flowed again after {gap.TotalSeconds:0.00} s, not within {limit}.");
    }
}
