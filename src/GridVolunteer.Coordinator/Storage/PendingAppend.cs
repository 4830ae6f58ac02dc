namespace GridVolunteer.Coordinator.Storage;

/// <summary>A turn on its way to the writer, and the promise that it is durable.</summary>
internal sealed class PendingAppend(EntityKey entity, long expectedVersion, TurnRecord turn)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public EntityKey Entity { get; } = entity;

    public long ExpectedVersion { get; } = expectedVersion;

    public TurnRecord Turn { get; } = turn;
}
