using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// Under which name an entity's journal is kept: <c>catalog</c>, <c>j17</c> or <c>j17.0.3</c>.
/// </summary>
/// <param name="Name">The name, unique among all entities.</param>
public readonly record struct EntityKey(string Name)
{
    /// <summary>The register of jobs.</summary>
    public static EntityKey Catalog { get; } = new("catalog");

    /// <summary>A job.</summary>
    public static EntityKey Of(JobId job) => new(job.ToString());

    /// <summary>A work shard.</summary>
    public static EntityKey Of(ShardId shard) => new(shard.ToString());

    /// <inheritdoc/>
    public override string ToString() => Name;
}
