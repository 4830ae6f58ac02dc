using System.Collections.Concurrent;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// The entities of one kind that are in use: makes a host at the first call, lets it go when nobody calls.
/// </summary>
internal sealed class HostDirectory<TId, TEntity>(
    Func<TId, EntityKey> keyOf, Func<TId, TEntity> create, EntityHostServices services, Action<TId>? ticked =
        null)
    where TId : struct, IEquatable<TId>
    where TEntity : class, IEntity
{
    private readonly ConcurrentDictionary<TId, EntityHost<TEntity>> _hosts = new();

    /// <summary>Hosts in use.</summary>
    public int Count => _hosts.Count;

    /// <summary>The way to an entity.</summary>
    public IMailbox<TEntity> Mailbox(TId id) => new DirectoryMailbox<TId, TEntity>(this, id);

    /// <summary>Asks an entity; see <see cref="EntityHost{TEntity}"/>.</summary>
    public ValueTask<TReply> AskAsync<TArgument, TReply>(
        TId id, TArgument argument, Func<TEntity, TArgument, Turn, TReply> decide,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var host = _hosts.TryGetValue(id, out var known) ? known : _hosts.GetOrAdd(id, Make);
            if (host.TryAsk(argument, decide, cancellationToken, out var reply))
            {
                return reply;
            }

            // It was retired a moment ago: make room for a new one.
            _hosts.TryRemove(KeyValuePair.Create(id, host));
        }
    }

    /// <summary>Lets hosts go that nobody has used for a while, closed ones sooner.</summary>
    public void Sweep(TimeSpan idle, TimeSpan closedIdle)
    {
        foreach (var entry in _hosts)
        {
            if (entry.Value.TryRetire(entry.Value.IsClosed ? closedIdle : idle))
            {
                _hosts.TryRemove(entry);
            }
        }
    }

    private EntityHost<TEntity> Make(TId id) =>
        new(keyOf(id), () => create(id), services, ticked is null ? null : () => ticked(id));
}
