using System.Globalization;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace GridVolunteer.Cluster.Tests.Silos;

/// <summary>Redis holds what is in flight, and not what was.</summary>
public sealed class RedisMemoryTests(SharedRedis shared, ITestOutputHelper output) : IClassFixture<SharedRedis>
{
    private const int Silos = 2;
    private const int Volunteers = 8;
    private const int FirstJobs = 48;

    /// <summary>What the allocator and the connections' buffers make of nothing.</summary>
    private const long NoiseBytes = 256 << 10;

    [FactWithRedis]
    public async Task Memory_UnderAStreamOfJobs_StaysFlat()
    {
        await using var fleet = new SiloFleet(shared.Server);
        await fleet.StartAsync(Silos);
        for (var n = 0; n < Volunteers; n++)
        {
            await fleet.EnterAsync(n % Silos, Peer(n));
        }

        List<(int Jobs, long Used, long Catalog)> seen = [];
        for (var (jobs, until) = (0, FirstJobs); until <= 4 * FirstJobs; until *= 2)
        {
            for (; jobs < until; jobs += Volunteers)
            {
                await RunJobsAsync(fleet);
            }

            await UntilOnlyTheCatalogueIsLeftAsync(fleet);
            seen.Add((jobs, Used(), await CatalogAsync(fleet)));
            output.WriteLine(
                $"After {jobs} jobs Redis uses {seen[^1].Used:N0} bytes, {seen[^1].Catalog:N0} of them the catalogue.");
        }

        var grown = seen[^1].Used - seen[0].Used;
        Assert.True(grown < NoiseBytes, $"It grew by {grown:N0} bytes over {seen[^1].Jobs - seen[0].Jobs} jobs.");
    }

    private static PeerId Peer(int number) => new(2, (UInt128)(number + 1));

    /// <summary>As many jobs as there are volunteers, who work until all of them are done.</summary>
    private static async Task RunJobsAsync(SiloFleet fleet)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var all = Enumerable.Range(0, Volunteers).ToArray();
        var jobs = await Task.WhenAll(all.Select(n => fleet.SubmitAsync(n % Silos, units: 50)));
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.WhenAll(all.Select(n => fleet.BeatAsync(n % Silos, Peer(n))));
            await Task.WhenAll(all.Select(n => fleet.ExchangeAsync(n % Silos, Peer(n), units: 50)));
        }
        while (!await AreDoneAsync(fleet, jobs));
    }

    private static async Task<bool> AreDoneAsync(SiloFleet fleet, IReadOnlyList<JobId> jobs)
    {
        var views = await Task.WhenAll(jobs.Select(job => fleet.Grid(0).Job(job).SnapshotAsync(default).AsTask()));
        return views.All(view => view!.State == JobState.Completed);
    }

    private async Task UntilOnlyTheCatalogueIsLeftAsync(SiloFleet fleet)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Keys(fleet).Any(key => !IsCatalog(fleet, key)))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<long> CatalogAsync(SiloFleet fleet)
    {
        var sum = 0L;
        foreach (var key in Keys(fleet).Where(key => IsCatalog(fleet, key)))
        {
            sum += (long)await shared.Connection.GetDatabase().ExecuteAsync("MEMORY", "USAGE", key, "SAMPLES", "0");
        }

        return sum;
    }

    private bool IsCatalog(SiloFleet fleet, RedisKey key) =>
        key.ToString().StartsWith($"gridvolunteer:{fleet.ClusterId}:{{catalog}}", StringComparison.Ordinal);

    private IEnumerable<RedisKey> Keys(SiloFleet fleet) =>
        shared.Connection.GetServers()[0].Keys(pattern: $"gridvolunteer:{fleet.ClusterId}:*");

    private long Used() => long.Parse(
        shared.Connection.GetServers()[0].Info("memory").SelectMany(group => group)
            .First(fact => fact.Key == "used_memory").Value,
        CultureInfo.InvariantCulture);
}
