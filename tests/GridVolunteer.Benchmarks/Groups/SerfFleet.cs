using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>
/// Serf agents on loopback, as they come (profile lan), to be measured beside this library's members. What an agent has
/// found out it says in its log, a line each.
/// </summary>
internal sealed partial class SerfFleet : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Process> _agents = [];
    private readonly Dictionary<int, int> _ports = [];
    private readonly Dictionary<(int By, int About), (bool IsThere, long At)> _said = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyCollection<int> Members => _agents.Keys;

    /// <summary>What all of them have used so far.</summary>
    public TimeSpan ProcessorTime => TimeSpan.FromTicks(_agents.Values.Sum(a =>
    {
        a.Refresh();
        return a.TotalProcessorTime.Ticks;
    }));

    public async Task StartAsync(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            _ports[number] = FreePort();
            Start(number);
        }

        await UntilAllKnowAllAsync();
    }

    public void Start(int number)
    {
        var joined = _agents.Count > 0 ? _ports[_agents.Keys.First()] : (int?)null;
        List<string> arguments =
        [
            "agent", $"-node=n{number}", $"-bind=127.0.0.1:{_ports[number]}", $"-rpc-addr=127.0.0.1:{FreePort()}",
        ];
        if (joined is { } port)
        {
            arguments.Add($"-retry-join=127.0.0.1:{port}");
            arguments.Add("-retry-interval=1s");
        }

        var process = Process.Start(new ProcessStartInfo("serf", arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, line) => Hear(number, line.Data);
        process.ErrorDataReceived += (_, line) => Hear(number, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _agents[number] = process;
    }

    /// <summary>Ends an agent without a word (SIGKILL); returns when each of the others has called it failed.</summary>
    public async Task<IReadOnlyList<long>> KillAsync(int number)
    {
        var agent = _agents[number];
        lock (_lock)
        {
            _agents.Remove(number);
        }

        agent.Kill();
        await agent.WaitForExitAsync();
        agent.Dispose();
        await UntilAsync(() => _agents.Keys.All(by => _said.TryGetValue((by, number), out var said) && !said.IsThere));
        lock (_lock)
        {
            return [.. _agents.Keys.Select(by => _said[(by, number)].At)];
        }
    }

    public Task UntilAllKnowAllAsync() => UntilAsync(() => _agents.Keys.All(by => _agents.Keys.All(
        about => about == by || (_said.TryGetValue((by, about), out var said) && said.IsThere))));

    public void Dispose()
    {
        foreach (var agent in _agents.Values)
        {
            agent.Kill();
            agent.WaitForExit();
            agent.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Hear(int by, string? line)
    {
        if (line is null || Said().Match(line) is not { Success: true } said)
        {
            return;
        }

        var at = Stopwatch.GetTimestamp();
        foreach (Match name in Names().Matches(said.Groups["members"].Value))
        {
            var about = int.Parse(name.Groups[1].Value, CultureInfo.InvariantCulture);
            lock (_lock)
            {
                _said[(by, about)] = (said.Groups["what"].Value == "Join", at);
                _changed.TrySetResult();
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (holds())
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    [GeneratedRegex("serf: EventMember(?<what>Join|Failed): (?<members>.*)")]
    private static partial Regex Said();

    [GeneratedRegex(@"\bn(\d+)\b")]
    private static partial Regex Names();
}
