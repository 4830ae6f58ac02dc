using System.Diagnostics;
using System.Globalization;
using GridVolunteer.Cluster.Tests.Redis;

namespace GridVolunteer.Cluster.Tests.Survival;

/// <summary>A silo in a process of its own: killed, frozen, thawed, stopped politely, started again.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource<Uri> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiloProcess(Process process, int siloPort)
    {
        _process = process;
        SiloPort = siloPort;
    }

    /// <summary>Where other silos reach it.</summary>
    public int SiloPort { get; }

    /// <summary>Where it takes requests.</summary>
    public Uri Url { get; private set; } = null!;

    public bool HasExited => _process.HasExited;

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

    /// <summary>Starts one and waits until it takes requests.</summary>
    public static async Task<SiloProcess> StartAsync(
        string redis, string clusterId, string data, string url, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var siloPort = RedisServer.FreePort();
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "gridvolunteer-silo.dll"), "--redis", redis, "--cluster", clusterId,
            "--data", data, "--urls", url,
            "--silo-port", siloPort.ToString(CultureInfo.InvariantCulture), "--until-input-ends", "--drain", "1", .. more,
        ];
        start.Environment["XDG_STATE_HOME"] = Path.Combine(data, "state");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var silo = new SiloProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, siloPort);
        silo._process.OutputDataReceived += (_, line) => silo.Keep(line.Data, isOutput: true);
        silo._process.ErrorDataReceived += (_, line) => silo.Keep(line.Data, isOutput: false);
        silo._process.Exited += (_, _) => silo._up.TrySetException(
            new InvalidOperationException($"It ended before it was up: {silo.Said}"));
        silo._process.Start();
        silo._process.BeginOutputReadLine();
        silo._process.BeginErrorReadLine();
        silo.Url = await silo._up.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return silo;
    }

    /// <summary>Kills it with SIGKILL and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop (SIGTERM), waits until it has, and answers its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        Signal("TERM");
        await ExitedAsync();
        return _process.ExitCode;
    }

    /// <summary>It does nothing more until it is thawed, and does not know (SIGSTOP).</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>It goes on as if nothing had been (SIGCONT).</summary>
    public void Thaw() => Signal("CONT");

    /// <summary>Waits until it has said that another silo was voted out.</summary>
    public async Task VotedOutAsync(SiloProcess other)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $":{other.SiloPort}:");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!Said.Split('\n').Any(line => line.Contains(said, StringComparison.Ordinal)
            && line.Contains("is Dead", StringComparison.Ordinal)))
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task ExitedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start(
            "kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private void Keep(string? line, bool isOutput)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
        }

        // Silo of cluster 'x' at http://127.0.0.1:12345, data in …
        if (isOutput && line.Split(" at ") is [_, var rest])
        {
            _up.TrySetResult(new Uri(rest.Split(',')[0]));
        }
    }
}
