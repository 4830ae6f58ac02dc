using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>A redis-server that syncs its append-only file before each answer.</summary>
internal sealed partial class RedisProcess : IDisposable
{
    private readonly int _port;

    private RedisProcess(ServiceProcess process, int port)
    {
        Process = process;
        _port = port;
    }

    /// <summary>The process.</summary>
    public ServiceProcess Process { get; }

    /// <summary>Where it listens, as silos are told.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    /// <summary>Starts one on a folder, at a free port of loopback.</summary>
    public static async Task<RedisProcess> StartAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var port = FreePort.Find();
        var process = await ServiceProcess.StartAsync(
            "redis-server",
            [
                "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "",
                "--appendonly", "yes", "--appendfsync", "always", "--dir", folder,
            ],
            folder, Accepting(), cancellationToken);
        return new RedisProcess(process, port);
    }

    /// <summary>A figure that it tells of itself, such as <c>used_memory</c>.</summary>
    public async Task<long> FigureAsync(string name, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
        await using var stream = client.GetStream();

        // QUIT makes it close the connection behind the answer, so reading to the end reads all of it.
        await stream.WriteAsync("INFO\r\nQUIT\r\n"u8.ToArray(), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(cancellationToken);
        var line = answer.Split("\r\n").First(l => l.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length + 1), CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose() => Process.Dispose();

    [GeneratedRegex("Ready to accept connections")]
    private static partial Regex Accepting();
}
