using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Entities;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>The way to an entity: a directory of this process finds its host, or a grain holds it.</summary>
public interface IMailbox<TEntity>
    where TEntity : class, IEntity
{
    /// <summary>
    /// Asks the entity with an argument, so that <paramref name="decide"/> can be static; the reply comes when
    /// what it rests on is durable.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The journal could not be read or written; the call may
    /// be repeated.</exception>
    ValueTask<TReply> AskAsync<TArgument, TReply>(
        TArgument argument, Func<TEntity, TArgument, Turn, TReply> decide,
        CancellationToken cancellationToken);
}
