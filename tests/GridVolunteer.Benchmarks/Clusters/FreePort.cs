using System.Net;
using System.Net.Sockets;

namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>Ports for programs that cannot take a free one themselves.</summary>
internal static class FreePort
{
    /// <summary>
    /// A port of loopback that is free at this moment, and none that the system gives to outgoing connections (from
    /// 32,768 on Linux), as a load makes them all the time.
    /// </summary>
    public static int Find()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(10_000, 32_768));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
