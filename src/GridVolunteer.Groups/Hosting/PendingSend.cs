using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Groups.Hosting;

/// <summary>A message that waits for room in a group's window, and its sender with it.</summary>
/// <param name="groups">Where it goes.</param>
/// <param name="payload">The message.</param>
/// <param name="delivery">How it is delivered.</param>
internal sealed class PendingSend(IReadOnlyList<Group> groups, ReadOnlyMemory<byte> payload, Delivery delivery)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public IReadOnlyList<Group> Groups { get; } = groups;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public Delivery Delivery { get; } = delivery;
}
