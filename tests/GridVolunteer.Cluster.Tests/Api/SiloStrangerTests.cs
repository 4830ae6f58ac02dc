using System.Net;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordinator.Tests.Api;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Cluster.Tests.Api;

/// <summary>Whoever makes ids up, which anybody may, fills no memory that stays.</summary>
public sealed class SiloStrangerTests(SharedRedis shared) : IClassFixture<SharedRedis>
{
    private const int MadeUp = 20;

    [FactWithRedis]
    public async Task AskingForWhatIsNot_LeavesNoKeyInRedis()
    {
        await using var silos = await TestSilos.StartAsync(shared.Server);
        using var agent = await TestAgent.IntroduceAsync(silos);
        var before = Keys();
        for (var i = 1; i <= MadeUp; i++)
        {
            var job = new JobId(1_000_000 + i);
            foreach (var path in (string[])["", "/recipe", "/results", "/output", "/failures", "/children?level=0&start=0&count=1"])
            {
                var answer = await silos.Operator.GetAsync($"/v1/jobs/{job}{path}");
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }

            Assert.Equal(
                HttpStatusCode.NotFound, (await silos.Operator.PostAsync($"/v1/jobs/{job}/cancel", null)).StatusCode);
            var grant = new GrantId(new ShardId(job, 0, i), 1);
            await agent.BeatAsync(grants: [grant]);
            var report = new GrantReport { Grant = grant, Runs = [new UnitRun(0, 1)] };
            Assert.NotNull(Assert.Single((await agent.WorkAsync(agent.Request(reports: [report]))).Outcomes).Refusal);
        }

        Assert.Equal(before, Keys());
    }

    private SortedSet<string> Keys() =>
        [.. shared.Connection.GetServers()[0].Keys(pattern: "*").Select(key => key.ToString())];
}
