using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>The limits of the HTTP server, each on purpose.</summary>
internal static class KestrelSetup
{
    /// <summary>
    /// Every volunteer holds one connection for its long poll and may open a few for blobs; beyond this many,
    /// new ones are refused, so that memory is bounded.
    /// </summary>
    private const int ConnectionsMax = 32768;

    /// <summary>Applies them.</summary>
    public static void Apply(KestrelServerOptions kestrel, CoordinatorOptions options)
    {
        foreach (var url in options.Urls)
        {
            if (ListenAddress.TryParse(url, out var address, out _))
            {
                // HTTP/2 without TLS would have to be known beforehand; one version keeps the server's
                // surface small.
                kestrel.Listen(address.EndPoint, listen => listen.Protocols = HttpProtocols.Http1);
            }
        }

        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = ConnectionsMax;
        limits.MaxRequestBodySize = options.RequestSizeBytesMax;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);

        // Longer than an agent's longest heartbeat interval, so that its connection stays warm.
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(3);

        // Small bodies must come at all (slow senders would hold connections); uploads of blobs have a
        // patience of their own, and answers go at the pace of the volunteer's line.
        limits.MinRequestBodyDataRate = new MinDataRate(
            bytesPerSecond: 120, gracePeriod: TimeSpan.FromSeconds(20));
        limits.MinResponseDataRate = new MinDataRate(
            bytesPerSecond: 120, gracePeriod: TimeSpan.FromSeconds(30));
    }
}
