using System.Diagnostics;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Protocol.Ids;
using Xunit.Abstractions;

namespace GridVolunteer.Cluster.Tests.Silos;

/// <summary>The load of a cluster is everywhere and nowhere hot.</summary>
public sealed class SpreadTests(SharedRedis shared, ITestOutputHelper output) : IClassFixture<SharedRedis>
{
    private const int Silos = 3;

    [FactWithRedis]
    public async Task Jobs_LiveOnAllSilos()
    {
        await using var fleet = new SiloFleet(shared.Server);
        await fleet.StartAsync(Silos);
        for (var i = 0; i < 60; i++)
        {
            await fleet.SubmitAsync(silo: 0, units: 10);
        }

        var jobs = Enumerable.Range(0, Silos).Select(silo => fleet.Residents(silo).Entities).ToArray();
        output.WriteLine($"60 jobs and the catalogue live {string.Join(" + ", jobs)} on {Silos} silos.");
        Assert.All(jobs, count => Assert.InRange(count, 5, 50));
    }

    [FactWithRedis]
    public async Task OneBigJob_IsServedByEachSiloFromShardsOfItsOwn()
    {
        await using var fleet = new SiloFleet(shared.Server);
        await fleet.StartAsync(Silos);
        var job = await fleet.SubmitAsync(silo: 0, units: 20 * WorkGeometry.UnitsPerShard);
        await WorkAsync(fleet, rounds: 10, enter: true);

        var open = (await fleet.Grid(0).Job(job).SnapshotAsync(default))!.OpenShards.Select(p => p.Shard).ToArray();
        var owned = Enumerable.Range(0, Silos)
            .Select(silo => open.Count(shard => fleet.Residents(silo).Find(shard) is not null)).ToArray();
        output.WriteLine($"{open.Length} shards of one job are open, {string.Join(" + ", owned)} on {Silos} silos.");
        Assert.All(owned, count => Assert.True(count >= 1, "A silo has no shard of its own."));
        Assert.InRange(open.Length, Silos, 3 * Silos);
    }

    [FactWithRedis]
    public async Task Exchanges_CallNoGrain_WhereEverythingIsAtHand()
    {
        await using var fleet = new SiloFleet(shared.Server);
        await fleet.StartAsync(Silos);
        await fleet.SubmitAsync(silo: 0, units: 40 * WorkGeometry.UnitsPerShard);
        await WorkAsync(fleet, rounds: 10, enter: true);
        var before = Counts(fleet);
        var began = Stopwatch.GetTimestamp();

        var exchanges = await WorkAsync(fleet, rounds: 100);

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var calls = Counts(fleet).Zip(before, (after, then) => after - then).ToArray();
        output.WriteLine(
            $"{exchanges} exchanges in {seconds:F1} s: {calls[4]} calls at hand; by message {calls[0]} of the catalogue, "
            + $"{calls[1]} of jobs, {calls[2]} of shards, {calls[3]} of volunteers.");

        // What is called goes by the clock, each entity once a second from each silo, and not by exchanges; a
        // volunteer is told of by nobody.
        var perSecond = Silos * (seconds + 2);
        Assert.InRange(calls[0], 0, perSecond);
        Assert.InRange(calls[1], 0, 2 * perSecond);
        Assert.InRange(calls[2], 0, 3 * Silos * perSecond);
        Assert.InRange(calls[3], 0, perSecond);
        Assert.InRange(calls[4], 3 * exchanges * 0.9, double.MaxValue);
    }

    private static long[] Counts(SiloFleet fleet) =>
    [
        fleet.Sum(c => c.Catalog), fleet.Sum(c => c.Jobs), fleet.Sum(c => c.Shards), fleet.Sum(c => c.Volunteers),
        fleet.Sum(c => c.AtHand),
    ];

    /// <summary>A silo hears of a job a moment after another took it.</summary>
    private static async Task FindWorkAsync(SiloFleet fleet, int silo, PeerId peer)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await fleet.ExchangeAsync(silo, peer) == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Four volunteers of each silo exchange side by side; answers how many exchanges that were.</summary>
    private static async Task<int> WorkAsync(SiloFleet fleet, int rounds, bool enter = false)
    {
        var all = Enumerable.Range(0, 4 * Silos).Select(n => (Silo: n % Silos, Peer: new PeerId(1, (UInt128)(n + 1)))).ToArray();
        if (enter)
        {
            foreach (var (silo, peer) in all)
            {
                await fleet.EnterAsync(silo, peer);
                await FindWorkAsync(fleet, silo, peer);
            }
        }

        var served = await Task.WhenAll(all.Select(async volunteer =>
        {
            var units = 0;
            for (var round = 0; round < rounds; round++)
            {
                units += await fleet.ExchangeAsync(volunteer.Silo, volunteer.Peer);
            }

            return units;
        }));
        Assert.All(served, units => Assert.True(units > 0, "A volunteer found no work."));
        return all.Length * rounds;
    }
}
