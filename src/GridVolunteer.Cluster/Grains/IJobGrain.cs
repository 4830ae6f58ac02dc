using GridVolunteer.Coordination.Contracts;

namespace GridVolunteer.Cluster.Grains;

/// <summary>A job as a grain; its key is the job's id.</summary>
internal interface IJobGrain : IJob, IGrainWithStringKey;
