using System.Buffers.Binary;
using GridVolunteer.Groups;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>A message as the world knows it: what was sent, by whom, after what.</summary>
/// <param name="Index">Counted over all messages of the run, from 0; it is all the payload says.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Boot">The sender's machine and its count of boots.</param>
/// <param name="Group">Where to, the first of several.</param>
/// <param name="Delivery">How it was to be delivered.</param>
/// <param name="At">The true time of its sending.</param>
internal sealed record OrderMessage(
    int Index, MemberLife Sender, (int Machine, int Boots) Boot, GroupId Group, Delivery Delivery, TimeSpan At)
{
    public const int SizeBytes = 4;

    /// <summary>Where it goes, and as whom its sender is known there; more than one for a joint message.</summary>
    public (GroupId Group, MemberLife Sender)[] Copies { get; init; } = [(Group, Sender)];

    public bool IsJoint => Copies.Length > 1;

    /// <summary>Messages of the same level that it follows, one bit each by their index.</summary>
    public ulong[] Follows { get; init; } = [];

    /// <summary>The greatest stamp that its sender had seen.</summary>
    public DateTimeOffset StampBefore { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"m{Index} ({Delivery}) of {SimulatedIds.MachineOf(Sender.Id)}/{Sender.Life} to group "
        + $"{string.Join('+', Copies.Select(c => OrderWorld.NumberOf(c.Group)))} at {At.TotalSeconds:F3} s";

    public bool IsOf(GroupId group, MemberLife sender) => Copies.Contains((group, sender));

    public byte[] ToBytes(int padding)
    {
        var bytes = new byte[SizeBytes + padding];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Index);
        return bytes;
    }

    public static int IndexOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);
}
