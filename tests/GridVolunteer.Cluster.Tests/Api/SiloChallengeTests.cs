using System.Net;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordinator.Tests.Api;

namespace GridVolunteer.Cluster.Tests.Api;

/// <summary>What one silo took, the other knows.</summary>
public sealed class SiloChallengeTests(SharedRedis shared) : IClassFixture<SharedRedis>
{
    [FactWithRedis]
    public async Task AChallenge_IsGoodOnce_InTheWholeCluster()
    {
        await using var silos = await TestSilos.StartAsync(shared.Server);
        using var agent = TestAgent.Stranger(silos);
        var nonce = await agent.ChallengeAsync();

        // Each request goes to the other silo.
        Assert.Equal(HttpStatusCode.OK, (await agent.TokenAsync(nonce)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await agent.TokenAsync(nonce)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await agent.TokenAsync(nonce)).StatusCode);
    }
}
