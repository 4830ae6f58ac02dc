using System.Net;
using System.Net.Sockets;

namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>Ports for programs that cannot take a free one themselves.</summary>
internal static class FreePort
{
    /// <summary>A port of loopback that is free at this moment.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
