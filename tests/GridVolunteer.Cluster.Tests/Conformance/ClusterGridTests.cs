using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Tests.Conformance;

namespace GridVolunteer.Cluster.Tests.Conformance;

/// <summary>A cluster of two silos conforms.</summary>
public sealed class ClusterGridTests(SharedRedis shared) : GridConformance, IClassFixture<SharedRedis>
{
    protected override GridRig Create(VolunteerOptions volunteers) => new ClusterRig(shared.Server, volunteers);
}
