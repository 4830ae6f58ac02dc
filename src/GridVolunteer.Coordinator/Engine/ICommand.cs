using GridVolunteer.Coordination.Entities;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>A caller's question on its way through a mailbox.</summary>
internal interface ICommand<in TEntity>
    where TEntity : class, IEntity
{
    /// <summary>True when the caller gave up before its turn came.</summary>
    bool IsCancelled { get; }

    /// <summary>Asks the entity and keeps its reply.</summary>
    void Decide(TEntity entity, Turn turn);

    /// <summary>Gives the caller the reply.</summary>
    void Complete();

    /// <summary>Gives the caller an exception.</summary>
    void Fail(Exception exception);

    /// <summary>Tells the caller that it gave up in time: nothing was decided.</summary>
    void Cancel();
}
