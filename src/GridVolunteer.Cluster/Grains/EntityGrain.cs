using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Cluster.Grains;

/// <summary>
/// A grain around the mailbox of one entity. Its calls interleave, for the mailbox has them decided one after
/// the other and stores what was decided together in one append; the grain itself keeps nothing.
/// </summary>
internal abstract class EntityGrain<TEntity> : Grain
    where TEntity : class, IEntity
{
    /// <summary>A grain with a mailbox on the engine of its silo.</summary>
    protected EntityGrain(EntityKey key, Func<TEntity> create, SiloEngine silo, Action? ticked = null)
    {
        Silo = silo;
        Host = new EntityHost<TEntity>(key, create, silo.Engine.Services, ticked, () => GrainContext.Deactivate(
            new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "another activation writes its journal")));
    }

    /// <summary>The silo it lives on.</summary>
    protected SiloEngine Silo { get; }

    /// <summary>The mailbox.</summary>
    protected EntityHost<TEntity> Host { get; }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Silo.Residents.Enter(Host);
        return Task.CompletedTask;
    }

    /// <summary>Ends when nothing of the mailbox runs any more, so that the entity may live elsewhere.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Host.StopAsync();
        Silo.Residents.Leave(Host);
    }
}
