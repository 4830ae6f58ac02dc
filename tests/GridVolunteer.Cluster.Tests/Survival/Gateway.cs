using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace GridVolunteer.Cluster.Tests.Survival;

/// <summary>
/// What stands before the silos, as small as it can be: passes each connection to the next silo that is well,
/// and breaks those of a silo that is not. A silo is well when it answers <c>/healthz</c> within a second.
/// </summary>
internal sealed class Gateway : IAsyncDisposable
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpClient _http = new() { Timeout = CheckLimit };
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Uri, ConcurrentDictionary<TcpClient, byte>> _silos = new();
    private readonly ConcurrentDictionary<Uri, bool> _well = new();
    private readonly Task _accepting;
    private readonly Task _checking;
    private int _next;

    public Gateway()
    {
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
        _checking = CheckAsync();
    }

    public Uri Url { get; }

    /// <summary>Passes connections to a silo too.</summary>
    public void Add(Uri silo)
    {
        _silos[silo] = new ConcurrentDictionary<TcpClient, byte>();
        _well[silo] = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await _checking;
        foreach (var silo in _silos.Keys)
        {
            Break(silo);
        }

        _http.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = PassAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // That is how it ends.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var from = client;
        using var to = new TcpClient { NoDelay = true };
        from.NoDelay = true;
        var well = _well.Where(silo => silo.Value).Select(silo => silo.Key).ToArray();
        if (well.Length == 0)
        {
            return;
        }

        var silo = well[Interlocked.Increment(ref _next) % well.Length];
        try
        {
            await to.ConnectAsync(IPAddress.Loopback, silo.Port, _stop.Token);
            _silos[silo][to] = 0;
            await Task.WhenAny(
                from.GetStream().CopyToAsync(to.GetStream(), _stop.Token),
                to.GetStream().CopyToAsync(from.GetStream(), _stop.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone, so both go.
        }
        finally
        {
            _silos[silo].TryRemove(to, out _);
        }
    }

    private async Task CheckAsync()
    {
        using var timer = new PeriodicTimer(CheckEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await Task.WhenAll(_silos.Keys.Select(CheckAsync));
            }
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }

    private async Task CheckAsync(Uri silo)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(silo, "/healthz"), _stop.Token);
            _well[silo] = answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            _well[silo] = false;
            Break(silo);
        }
    }

    private void Break(Uri silo)
    {
        foreach (var connection in _silos[silo].Keys)
        {
            connection.Dispose();
        }
    }
}
