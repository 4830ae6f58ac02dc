using GridVolunteer.Coordination.Entities;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>The way to an entity of a directory; its host is found at each call.</summary>
internal sealed class DirectoryMailbox<TId, TEntity>(HostDirectory<TId, TEntity> hosts, TId id) : IMailbox<TEntity>
    where TId : struct, IEquatable<TId>
    where TEntity : class, IEntity
{
    /// <inheritdoc/>
    public ValueTask<TReply> AskAsync<TArgument, TReply>(
        TArgument argument, Func<TEntity, TArgument, Turn, TReply> decide,
        CancellationToken cancellationToken) => hosts.AskAsync(id, argument, decide, cancellationToken);
}
