using System.Net;
using System.Net.Sockets;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Transports;

/// <content>Datagrams that arrive.</content>
public sealed partial class NetworkTransport
{
    private static readonly IPEndPoint EndPointMaker = new(IPAddress.Any, 0);
    private static readonly IPEndPoint EndPointMakerV6 = new(IPAddress.IPv6Any, 0);

    private void ReadPacket(ReadOnlySpan<byte> packet, SocketAddress from)
    {
        if (!PacketHeader.TryRead(packet, out var kind, out var sender, out var body))
        {
            Counters.OnRefused(RefusalReason.Malformed);
            return;
        }

        if (sender == _self)
        {
            // The own word on the group address.
            return;
        }

        switch (kind)
        {
            case PacketKind.Frame:
                HandOn(sender, body, from);
                break;
            case PacketKind.FrameForSome when _lan is not null:
                HandOnOfGroupAddress(_lan, sender, body);
                break;
            case PacketKind.Greeting:
                Meet(sender, body);
                SendContact(PacketKind.Introduction, from);
                break;
            case PacketKind.Introduction:
                Meet(sender, body);
                break;
            case PacketKind.Announcement when _lan is not null:
                ReadAnnouncement(sender, body);
                break;
            default:
                Counters.OnRefused(RefusalReason.UnknownKind);
                break;
        }
    }

    private void HandOnOfGroupAddress(LanChannel lan, ProcessId sender, ReadOnlySpan<byte> body)
    {
        if (!_gate.TryOpenForAll(sender, body, out var opened))
        {
            return;
        }

        lan.Hear(sender);
        if (lan.TryRead(opened, out var frame) && !_arrivals.TryTake(sender, frame))
        {
            Counters.OnDropped();
        }
    }

    private void HandOn(ProcessId sender, ReadOnlySpan<byte> body, SocketAddress from)
    {
        if (!IsKnown(sender))
        {
            // Answers go to where the question came from, until it is told where the sender is.
            var maker = from.Family == AddressFamily.InterNetwork ? EndPointMaker : EndPointMakerV6;
            Learn(sender, (IPEndPoint)maker.Create(from), isTold: false);
        }

        if (!_gate.TryHandOn(sender, body, _arrivals))
        {
            Counters.OnDropped();
        }
    }

    private void ReadAnnouncement(ProcessId sender, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty || body[0] > 1)
        {
            Counters.OnRefused(RefusalReason.Malformed);
            return;
        }

        var contact = body[1..];
        if (!ContactBytes.TryRead(contact, out _))
        {
            Counters.OnRefused(RefusalReason.Malformed);
            return;
        }

        // Answered first: whoever is told of the meeting finds it done.
        if (_lan!.Hear(sender) && body[0] == 1)
        {
            _lan.Announce(_contact, wantsAnswer: false);
        }

        _arrivals.Met(sender, contact, isVouchedFor: !_gate.Seals);
    }

    private void Meet(ProcessId sender, ReadOnlySpan<byte> contact)
    {
        if (!ContactBytes.TryRead(contact, out _))
        {
            Counters.OnRefused(RefusalReason.Malformed);
            return;
        }

        _arrivals.Met(sender, contact, isVouchedFor: !_gate.Seals);
    }

    private bool IsKnown(ProcessId id)
    {
        lock (_routesLock)
        {
            return _routes.ContainsKey(id);
        }
    }
}
