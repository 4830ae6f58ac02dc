using GridVolunteer.Coordination.Contracts;

namespace GridVolunteer.Cluster.Grains;

/// <summary>A work shard as a grain; its key is the shard's id.</summary>
internal interface IWorkShardGrain : IWorkShard, IGrainWithStringKey;
