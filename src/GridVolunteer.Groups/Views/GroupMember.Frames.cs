using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Views;

/// <content>For the layer that orders: it queues for itself, and goes on sending until the member is out.</content>
public sealed partial class GroupMember
{
    /// <summary>True when something may be sent at once.</summary>
    internal bool HasRoom => _state == MemberState.In && _queue.Count == 0 && _channel!.HasRoom;

    /// <summary>True once this member has asked to leave.</summary>
    internal bool IsLeaving => _isLeaving;

    /// <summary>How many members of the view this member joined by were there before.</summary>
    internal int SurvivorsWhenJoined => _joinedBy?.Survivors ?? 0;

    /// <summary>Sends at once; there must be room.</summary>
    internal void SendNow(ReadOnlyMemory<byte> payload, TimeSpan now, Output<GroupEvent> output)
    {
        now = Begin(now, output);
        _channel!.Send(payload, isSafe: false, now);
        Finish(output);
    }
}
