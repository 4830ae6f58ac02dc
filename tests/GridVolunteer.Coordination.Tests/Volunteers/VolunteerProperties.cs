using FsCheck.Xunit;
using GridVolunteer.Coordination.Tests.Jobs;
using GridVolunteer.Coordination.Volunteers;

namespace GridVolunteer.Coordination.Tests.Volunteers;

/// <summary>
/// Whatever is late, lost or crashes: no grant that the agent has or will get is taken back, and in the end
/// the shards and the agent agree on what it holds.
/// </summary>
[Properties(Arbitrary = [typeof(ScriptArbitrary)])]
public sealed class VolunteerProperties
{
    [Property(MaxTest = 400)]
    public void Grants_AreNeverTakenFromAnAgentThatHasThem_AndNeverLostForGood(Script script)
    {
        var network = Run(script);

        network.Settle();

        Assert.All(network.Shards, shard =>
        {
            Assert.Equal(network.HeldOf(shard), shard.Live.Keys);
            Assert.False(shard.IsCalledSilent);
        });
        Assert.Equal(VolunteerState.Alive, network.Volunteer.State);
    }

    [Property(MaxTest = 200)]
    public void Silence_IsToldOnceToEachShardWithGrants_AndAHeartbeatTakesItBack(Script script)
    {
        var network = Run(script);
        network.Settle();
        var before = network.Shards.Select(s => s.TimesLost).ToList();

        for (var i = 0; i < 10; i++)
        {
            network.Pass(VolunteerOnTheNetwork.Options.HeartbeatInterval);
        }

        Assert.All(network.Shards.Zip(before), s =>
        {
            Assert.Equal(s.First.Live.Count > 0 ? 1 : 0, s.First.TimesLost - s.Second);
            Assert.Equal(s.First.Live.Count > 0, s.First.IsCalledSilent);
        });
        network.Beat();
        Assert.All(network.Shards, shard => Assert.False(shard.IsCalledSilent));
    }

    private static VolunteerOnTheNetwork Run(Script script)
    {
        var network = new VolunteerOnTheNetwork();
        network.Beat();
        foreach (var step in script.Steps)
        {
            network.Step(step);
        }

        return network;
    }
}
