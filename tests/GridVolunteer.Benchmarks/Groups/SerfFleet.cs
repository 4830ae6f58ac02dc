using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using GridVolunteer.Benchmarks.Clusters;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>
/// Serf agents, as they come (profile lan), to be measured beside this library's members. What an agent has found out it
/// says in its log, a line each.
/// </summary>
internal sealed partial class SerfFleet : Fleet
{
    private const int IntroductionsMax = 10;

    /// <summary>Gossip brings a newcomer to everybody within a second or two, or not at all.</summary>
    private static readonly TimeSpan GossipTime = TimeSpan.FromSeconds(4);

    private readonly Dictionary<int, Process> _agents = [];
    private readonly Dictionary<int, (string Own, string Control)> _addresses = [];
    private readonly HashSet<int> _ports = [];

    public override void Dispose()
    {
        foreach (var number in _agents.Keys.ToArray())
        {
            End(number);
        }
    }

    protected override void Begin(int number)
    {
        if (!_addresses.TryGetValue(number, out var address))
        {
            // The same again for one that is started again: Serf takes nobody of a name it knows from another address for
            // half a minute.
            address = _addresses[number] = (NewAddress(), NewAddress());
        }

        List<string> arguments = ["agent", $"-node=n{number}", $"-bind={address.Own}", $"-rpc-addr={address.Control}"];
        if (number != 1)
        {
            arguments.AddRange([$"-retry-join={_addresses[1].Own}", "-retry-interval=1s"]);
        }

        var agent = StartSerf(arguments);
        agent.OutputDataReceived += (_, line) => Hear(number, line.Data);
        agent.ErrorDataReceived += (_, line) => Hear(number, line.Data);
        agent.BeginOutputReadLine();
        agent.BeginErrorReadLine();
        _agents[number] = agent;
    }

    protected override void End(int number)
    {
        _agents.Remove(number, out var agent);
        agent!.Kill();
        agent.WaitForExit();
        agent.Dispose();
    }

    /// <summary>
    /// Serf tells of a newcomer a few times only. Whom that has not reached learns of it when it next exchanges all it knows
    /// with somebody: with 64 agents a minute and more later. So whoever lacks others after a while is told to meet them.
    /// </summary>
    protected override async Task UntilAllKnowAllAsync()
    {
        for (var i = 0; i < IntroductionsMax; i++)
        {
            if (await HoldsWithinAsync(GossipTime, KnowAll))
            {
                return;
            }

            foreach (var some in WhoLacks())
            {
                await IntroduceAsync(some.Key, some);
            }
        }

        await base.UntilAllKnowAllAsync();
    }

    private async Task IntroduceAsync(int one, IEnumerable<int> others)
    {
        using var join = StartSerf(
            ["join", $"-rpc-addr={_addresses[one].Control}", .. others.Select(other => _addresses[other].Own)]);
        // Whatever it says: whether they have met is seen in their logs.
        await Task.WhenAll(join.StandardOutput.ReadToEndAsync(), join.StandardError.ReadToEndAsync(), join.WaitForExitAsync());
    }

    /// <summary>A port that no agent of this fleet was given before: those that start at once have not taken theirs yet.</summary>
    private string NewAddress()
    {
        int port;
        do
        {
            port = FreePort.Find();
        }
        while (!_ports.Add(port));

        return $"127.0.0.1:{port}";
    }

    private static Process StartSerf(IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("serf", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;

    private void Hear(int by, string? line)
    {
        if (line is null || Said().Match(line) is not { Success: true } said)
        {
            return;
        }

        var at = Stopwatch.GetTimestamp();
        foreach (Match name in Names().Matches(said.Groups["members"].Value))
        {
            Note(by, int.Parse(name.Groups[1].Value, CultureInfo.InvariantCulture), said.Groups["what"].Value == "Join", at);
        }
    }

    [GeneratedRegex("serf: EventMember(?<what>Join|Failed): (?<members>.*)")]
    private static partial Regex Said();

    [GeneratedRegex(@"\bn(\d+)\b")]
    private static partial Regex Names();
}
