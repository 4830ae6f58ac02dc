namespace GridVolunteer.Protocol.Client;

/// <summary>Makes HTTP clients fit for <see cref="CoordinatorClient"/>.</summary>
public static class CoordinatorHttp
{
    /// <summary>
    /// A client without a time limit of its own (<see cref="CoordinatorClient"/> limits each call) that
    /// connects within 10 s, drops idle connections, and never sends a loopback coordinator's traffic to a
    /// proxy.
    /// </summary>
    public static HttpClient Create(Uri coordinator)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !coordinator.IsLoopback,
        };
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
