using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace GridVolunteer.Cluster.Tests.Redis;

/// <summary>
/// A redis-server of the test's own, on a free port of loopback with a folder of its own; killed, restarted and
/// gone at the end.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gv-redis-");
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings) => _settings = settings;

    /// <summary>Why no server can be started here, or null.</summary>
    public static string? Missing { get; } = FindProgram() is null
        ? "redis-server is not installed (for example: sudo apt-get install redis-server)"
        : null;

    public int Port { get; private set; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public string AppendFolder => Path.Combine(_folder.FullName, "appendonlydir");

    public int ProcessId => _process!.Id;

    /// <summary>Starts one that syncs before each answer, unless told otherwise.</summary>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = new RedisServer(settings is [] ? ["--appendonly", "yes", "--appendfsync", "always"] : settings);
        for (var tries = 0; ; tries++)
        {
            server.Port = FreePort();
            try
            {
                await server.StartAsync();
                return server;
            }
            catch (RedisConnectionException) when (tries < 5)
            {
                // Somebody took the port in between: try another.
                await server.KillAsync();
            }
        }
    }

    /// <summary>
    /// A port that is free at this moment, for programs that cannot take a free one themselves. None of those that the
    /// system gives to outgoing connections (from 32,768 on Linux), of which somebody may get it before the program does.
    /// </summary>
    public static int FreePort()
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

    /// <summary>Starts it (again), at the same port on the same folder.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(FindProgram()!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        string[] arguments =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "",
            "--dir", _folder.FullName, .. _settings,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await using var probe = await ConnectAsync();
        while (true)
        {
            try
            {
                await probe.GetDatabase().PingAsync();
                return;
            }
            catch (RedisServerException e) when (e.Message.StartsWith("LOADING", StringComparison.Ordinal))
            {
                // It answers when it has read its file.
            }
        }
    }

    public async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var options = ConfigurationOptions.Parse(Address);
        options.ConnectRetry = 100;
        options.ConnectTimeout = 200;
        options.AllowAdmin = true;
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await ConnectionMultiplexer.ConnectAsync(options);
            }
            catch (RedisConnectionException) when (tries < 50 && !_process!.HasExited)
            {
                // Not up yet: it reads its file first.
            }
        }
    }

    public async Task KillAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private static string? FindProgram() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);
}
