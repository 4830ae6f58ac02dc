using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Ordering;

/// <content>What is sent.</content>
public sealed partial class OrderedGroups
{
    /// <summary>
    /// Sends a message to one group or several that this process is in. It is delivered to this process too. False,
    /// and nothing happens, when it is in no view of one of them, leaves it, or too much waits already.
    /// </summary>
    /// <param name="groups">The groups; none twice.</param>
    /// <param name="payload">What to send; it is not copied, so must not change.</param>
    /// <param name="delivery">How it is to be delivered.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    /// <exception cref="ArgumentException">
    /// The message is too long, there is no group, or there is no such delivery.
    /// </exception>
    public bool TrySend(
        ReadOnlySpan<GroupId> groups,
        ReadOnlyMemory<byte> payload,
        Delivery delivery,
        TimeSpan now,
        Output<OrderedEvent> output)
    {
        if (!delivery.IsMeaningful())
        {
            throw new ArgumentException(
                $"'{delivery}' is no delivery: it has one level at most, Safe or not.", nameof(delivery));
        }

        if (groups.Length != 1 || delivery.Level() > Delivery.Fifo)
        {
            throw new NotSupportedException("Only Unordered and Fifo, to one group, are there yet.");
        }

        if (!_groups.TryGetValue(groups[0], out var group) || group.View is null)
        {
            return false;
        }

        now = Begin(now);
        var bytes = new byte[payload.Length + 1];
        bytes[0] = (byte)delivery;
        payload.CopyTo(bytes.AsMemory(1));
        var isSent = group.Member.TrySend(bytes, delivery.IsSafe(), now, _inner);
        Finish(group, now, output);
        return isSent;
    }
}
