using System.Collections.Concurrent;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Silos;

/// <summary>Who lives on this silo. Safe for concurrent use.</summary>
internal sealed class SiloResidents
{
    private readonly ConcurrentDictionary<ITickable, byte> _entities = new();
    private readonly ConcurrentDictionary<ShardId, EntityHost<WorkShard>> _shards = new();
    private readonly ConcurrentDictionary<PeerId, VolunteerHost> _volunteers = new();

    /// <summary>Jobs, shards and the catalogue.</summary>
    public int Entities => _entities.Count;

    /// <summary>An entity was activated.</summary>
    public void Enter(ITickable host) => _entities.TryAdd(host, 0);

    /// <summary>An entity was deactivated.</summary>
    public void Leave(ITickable host) => _entities.TryRemove(host, out _);

    /// <summary>A shard was activated.</summary>
    public void Enter(ShardId id, EntityHost<WorkShard> shard) => _shards[id] = shard;

    /// <summary>A shard was deactivated.</summary>
    public void Leave(ShardId id, EntityHost<WorkShard> shard) => _shards.TryRemove(KeyValuePair.Create(id, shard));

    /// <summary>A shard that lives here, or null.</summary>
    public EntityHost<WorkShard>? Find(ShardId id) => _shards.GetValueOrDefault(id);

    /// <summary>A volunteer that lives here, or null.</summary>
    public VolunteerHost? Find(PeerId id) => _volunteers.GetValueOrDefault(id);

    /// <summary>A volunteer was activated.</summary>
    public void Enter(PeerId id, VolunteerHost volunteer) => _volunteers[id] = volunteer;

    /// <summary>A volunteer was deactivated.</summary>
    public void Leave(PeerId id, VolunteerHost volunteer) =>
        _volunteers.TryRemove(KeyValuePair.Create(id, volunteer));

    /// <summary>
    /// Volunteers with an id above <paramref name="after"/> (null: from the first), by id, at most
    /// <paramref name="limit"/>.
    /// </summary>
    public async ValueTask<IReadOnlyList<PeerView>> ListAsync(PeerId? after, int limit)
    {
        var views = new List<PeerView>();
        foreach (var (_, volunteer) in _volunteers
            .Where(entry => after is not { } a || (entry.Key.High, entry.Key.Low).CompareTo((a.High, a.Low)) > 0)
            .OrderBy(entry => (entry.Key.High, entry.Key.Low)))
        {
            // One that shards expect but that was never heard has nothing to show.
            if (views.Count < limit && await volunteer.ViewAsync(CancellationToken.None) is { } view)
            {
                views.Add(view);
            }
        }

        return views;
    }

    /// <summary>
    /// Has every shard here say again whose grants it has out. One that cannot now says so when it is loaded
    /// again, which is the next thing that happens to it.
    /// </summary>
    public async Task RemindAsync()
    {
        foreach (var shard in _entities.Keys.OfType<EntityHost<WorkShard>>())
        {
            try
            {
                if (shard.TryAsk(0, static (shard, _, turn) => Remind(shard, turn), default, out var reply))
                {
                    await reply;
                }
            }
            catch (StorageUnavailableException)
            {
                // Its state was let go and is loaded anew, and a shard that is loaded tells its holders.
            }
        }
    }

    private static bool Remind(WorkShard shard, Coordination.Entities.Turn turn)
    {
        shard.Remind(turn);
        return true;
    }
}
