using GridVolunteer.Coordination.Contracts;

namespace GridVolunteer.Cluster.Grains;

/// <summary>A volunteer as a grain; its key is the volunteer's id.</summary>
internal interface IVolunteerGrain : IVolunteer, IGrainWithStringKey;
