using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Transports;

/// <content>Sending: packing, and which way it goes.</content>
public sealed partial class NetworkTransport
{
    /// <inheritdoc/>
    public void Send(ProcessId to, Carrier carrier, ReadOnlySpan<byte> message)
    {
        if (!TryFindRoute(to, out var route))
        {
            Counters.OnSendFailed();
            _arrivals.SendFailed(to);
            return;
        }

        if (carrier == Carrier.Stream || message.Length > Output<int>.DatagramSizeBytesMax)
        {
            SendOnStream(route, message);
            return;
        }

        if ((message[0] & FamilyMask) == (int)MessageFamily.Detector)
        {
            SendPacket(route, message);
            return;
        }

        if (route.Length == 0)
        {
            _waiting.Add(route);
        }

        route.Add(message);
        if (route.Length >= PackSizeBytesMax)
        {
            Flush(route);
        }
    }

    /// <inheritdoc/>
    public void SendToAll(ReadOnlySpan<ProcessId> to, Carrier carrier, ReadOnlySpan<byte> message)
    {
        if (carrier == Carrier.Datagram && _lan is { } lan && lan.Reaches(to)
            && lan.TrySend(to, message, _gate))
        {
            return;
        }

        foreach (var id in to)
        {
            Send(id, carrier, message);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        foreach (var route in _waiting)
        {
            Flush(route);
        }

        _waiting.Clear();
    }

    private void Flush(PeerRoute route)
    {
        if (route.Length > _options.BulkSizeBytes && route.Stream is { IsOpen: true } stream
            && stream.TrySend(route.Waiting))
        {
            route.Clear();
            return;
        }

        if (route.Length > _options.BulkSizeBytes && route.Stream is { IsOpen: false } closed)
        {
            // So much is worth a stream: from the next time on.
            closed.Open();
        }

        var start = 0;
        var end = 0;
        foreach (var next in route.Ends)
        {
            if (next - start > Output<int>.DatagramSizeBytesMax)
            {
                SendPacket(route, route.Waiting[start..end]);
                start = end;
            }

            end = next;
        }

        if (end > start)
        {
            SendPacket(route, route.Waiting[start..end]);
        }

        route.Clear();
    }

    private void SendPacket(PeerRoute route, ReadOnlySpan<byte> frame)
    {
        _packet.Clear();
        _packet.WriteRaw(_header);
        _gate.Seal(route.Id, frame, _packet);
        if (!_datagrams.TrySend(_packet.Written, route.Address!))
        {
            _arrivals.SendFailed(route.Id);
        }
    }

    private void SendOnStream(PeerRoute route, ReadOnlySpan<byte> message)
    {
        if (route.Stream?.TrySend(message) != true)
        {
            Counters.OnDropped();
        }
    }

    private bool TryFindRoute(ProcessId id, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PeerRoute? route)
    {
        lock (_routesLock)
        {
            if (!_routes.TryGetValue(id, out route))
            {
                return false;
            }
        }

        route.Stream ??= _streams.LinkTo(id);
        return true;
    }
}
