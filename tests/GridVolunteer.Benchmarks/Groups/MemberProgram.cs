using System.Diagnostics;
using System.Globalization;
using System.Net;
using GridVolunteer.Groups;
using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Transports;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>
/// One measured process: a node in no group, in one or in several. It is told what to do on its standard input, and says what happens on its
/// standard output, a line each; times are ticks of the machine's steady clock, which all processes share.
/// </summary>
internal sealed class MemberProgram
{
    private const string GroupName = "measured";

    private readonly TextWriter _output = TextWriter.Synchronized(Console.Out);
    private GroupNode _node = null!;
    private MemberLoad? _load;

    /// <summary>Runs until its input ends.</summary>
    public async Task<int> RunAsync(int number, string? seed, double loss, int joins)
    {
        var id = new ProcessId((UInt128)(uint)number);
        var options = new GroupNodeOptions
        {
            Seeds = seed is null ? [] : [IPEndPoint.Parse(seed)],
            MembershipChanged = Tell,
        };
        ITransport transport = new NetworkTransport(id, options.Transport, TimeProvider.System);
        Say($"at {((NetworkTransport)transport).EndPoint}");
        transport = loss > 0 ? new LossyTransport(transport, loss, new Random(number)) : transport;
        _node = await GroupNode.StartAsync(options, transport, id);
        List<Group> groups = [];
        for (var i = 1; i <= joins; i++)
        {
            groups.Add(await _node.JoinAsync(FormattableString.Invariant($"{GroupName} {i}")));
        }

        _load = new MemberLoad(_node, groups);
        groups.ForEach(g => _ = Task.Run(() => ReadAsync(g, isCounted: g == groups[0])));

        Say("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            await ObeyAsync(line.Split(' '));
        }

        await _node.AbortAsync();
        return 0;
    }

    private async Task ObeyAsync(string[] words)
    {
        switch (words)
        {
            case ["reset"]:
                _load!.Reset();
                Say("reset");
                break;
            case ["offer", var rate, var seconds]:
                Say(FormattableString.Invariant($"sent {await _load!.OfferAsync(Number(rate), Number(seconds))}"));
                break;
            case ["press", var seconds]:
                Say(FormattableString.Invariant($"sent {await _load!.PressAsync(Number(seconds))}"));
                break;
            case ["until", var delivered]:
                await _load!.UntilAsync((long)Number(delivered));
                Say("reached");
                break;
            case ["stats"]:
                var c = _node.Counters;
                Say(FormattableString.Invariant(
                    $"stats {c.PacketsSent} {c.BytesSent} {c.StreamBytesSent} {c.Dropped} {c.RefusedTotal}"));
                break;
            case ["order"]:
                Say(_load!.Summary());
                break;
        }
    }

    private async Task ReadAsync(Group group, bool isCounted)
    {
        await foreach (var update in group.Events())
        {
            switch (update)
            {
                case GroupUpdate.Message when !isCounted:
                    break;
                case GroupUpdate.Message message:
                    _load!.Take(message);
                    break;
                case GroupUpdate.ViewChanged view:
                    Say(FormattableString.Invariant($"view {group.Name[^1]} {view.View.Members.Count} {Stopwatch.GetTimestamp()}"));
                    break;
                default:
                    Say($"event {update}");
                    break;
            }
        }
    }

    private void Tell(MembershipEvent happened)
    {
        var sign = happened.Change switch
        {
            MembershipChange.Failed => "failed",
            MembershipChange.Joined or MembershipChange.Returned or MembershipChange.Restarted => "there",
            MembershipChange.Suspected => "suspected",
            _ => null,
        };
        if (sign is not null)
        {
            Say(FormattableString.Invariant(
                $"{sign} {(int)(uint)happened.Member.Value} {Stopwatch.GetTimestamp()}"));
        }
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);

    private void Say(string line)
    {
        _output.WriteLine(line);
        _output.Flush();
    }
}
