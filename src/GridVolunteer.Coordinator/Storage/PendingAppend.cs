namespace GridVolunteer.Coordinator.Storage;

/// <summary>A turn on its way to the writer, and the promise that it is durable.</summary>
internal sealed class PendingAppend(EntityKey entity, JournalPosition expected, TurnRecord turn)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public EntityKey Entity { get; } = entity;

    public JournalPosition Expected { get; } = expected;

    public TurnRecord Turn { get; } = turn;
}
