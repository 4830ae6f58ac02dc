using System.Diagnostics;
using System.Globalization;
using System.Net;
using GridVolunteer.Cluster.Tests.Redis;

namespace GridVolunteer.Cluster.Tests.Operation;

/// <summary>
/// The gateway as it is deployed: haproxy on the very configuration that its image carries, told by environment
/// variables where it is.
/// </summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly NameServer _names = new();
    private readonly List<IPAddress> _silos = [];
    private readonly List<string> _lines = [];
    private readonly Process _process;
    private int _given;

    private GatewayProcess(int port, int siloPort)
    {
        Url = new Uri($"http://127.0.0.1:{port}");
        SiloPort = siloPort;
        var start = new ProcessStartInfo(FindProgram()!)
        {
            ArgumentList = { "-db", "-f", RepositoryFiles.Path("deploy/gateway/haproxy.cfg") },
            Environment =
            {
                ["GATEWAY_LISTEN"] = Url.Authority,
                ["GATEWAY_DNS"] = _names.EndPoint.ToString(),
                ["SILO_NAME"] = "silo",
                ["SILO_PORT"] = siloPort.ToString(CultureInfo.InvariantCulture),
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Why none can be started here, or null.</summary>
    public static string? Missing { get; } = FindProgram() is null
        ? "haproxy is not installed (for example: sudo apt-get install haproxy)"
        : null;

    public Uri Url { get; }

    /// <summary>Where every silo listens, each at an address of its own.</summary>
    public int SiloPort { get; }

    /// <summary>Everything it said so far.</summary>
    public string Said
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Starts one that knows of no silo yet.</summary>
    public static async Task<GatewayProcess> StartAsync()
    {
        var gateway = new GatewayProcess(RedisServer.FreePort(), RedisServer.FreePort());
        try
        {
            // Up, and says that there is nobody to pass a request to.
            await gateway.UntilAsync(HttpStatusCode.ServiceUnavailable);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address of the next silo: 127.0.0.1, 127.0.0.2, and so on.</summary>
    public IPAddress NextAddress() => new([127, 0, 0, (byte)Interlocked.Increment(ref _given)]);

    /// <summary>Makes an address known, and waits until what is there gets requests.</summary>
    public async Task AddAsync(IPAddress silo)
    {
        _silos.Add(silo);
        _names.Set(_silos);
        await UntilSaidAsync("resolves again", times: _silos.Count);
        await UntilAsync(HttpStatusCode.OK);
    }

    /// <summary>Waits until it said something of silos so many times.</summary>
    public async Task UntilSaidAsync(string what, int times = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Said.Split('\n').Count(line => line.StartsWith("Server silos/", StringComparison.Ordinal)
            && line.Contains(what, StringComparison.Ordinal)) < times)
        {
            Assert.False(limit.IsCancellationRequested, Said);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        await _names.DisposeAsync();
    }

    private async Task UntilAsync(HttpStatusCode code)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Url, "/gateway"), limit.Token);
                if (answer.StatusCode == code)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!_process.HasExited && !limit.IsCancellationRequested)
            {
                // It does not listen yet.
            }

            Assert.False(limit.IsCancellationRequested || _process.HasExited, Said);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }

    // Where an unprivileged user's path does not look.
    private static string? FindProgram() => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin"
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "haproxy")).FirstOrDefault(File.Exists);
}
