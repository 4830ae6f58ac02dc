using System.Net;
using System.Net.Sockets;

namespace GridVolunteer.Groups.Tests.Transports;

/// <summary>Ports for those who have to agree on one beforehand.</summary>
internal static class FreePort
{
    /// <summary>A UDP port that is free at this moment.</summary>
    public static int Find()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
