using GridVolunteer.Coordination.Entities;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// A command and the promise of its reply, in one object. Callers go on on their own scheduler, never in the
/// pump.
/// </summary>
internal sealed class Command<TEntity, TArgument, TReply>(
    TArgument argument, Func<TEntity, TArgument, Turn, TReply> decide, CancellationToken cancellationToken)
    : TaskCompletionSource<TReply>(TaskCreationOptions.RunContinuationsAsynchronously), ICommand<TEntity>
    where TEntity : class, IEntity
{
    private TReply? _reply;

    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    void ICommand<TEntity>.Decide(TEntity entity, Turn turn) => _reply = decide(entity, argument, turn);

    void ICommand<TEntity>.Complete() => SetResult(_reply!);

    void ICommand<TEntity>.Fail(Exception exception) => SetException(exception);

    void ICommand<TEntity>.Cancel() => SetCanceled(cancellationToken);
}
