using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using GridVolunteer.Benchmarks.Load;
using GridVolunteer.Groups;
using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Transports;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>
/// One measured process: a node in one group. It is told what to do on its standard input, and says what happens on its
/// standard output, a line each; times are ticks of the machine's steady clock, which all processes share.
/// </summary>
internal sealed class MemberProgram
{
    private const int MessageSizeBytes = 1_024;
    private const string GroupName = "measured";

    private readonly TextWriter _output = TextWriter.Synchronized(Console.Out);
    private readonly LatencyHistogram _latencies = new();
    private GroupNode _node = null!;
    private Group? _group;
    private Task _reading = Task.CompletedTask;
    private ulong _order;
    private long _delivered;
    private long _firstAt;
    private long _lastAt;

    /// <summary>Runs until its input ends.</summary>
    public async Task<int> RunAsync(int number, string? seed, double loss, bool joins)
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
        if (joins)
        {
            _group = await _node.JoinAsync(GroupName);
            _reading = Task.Run(ReadAsync);
        }

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
            case ["send", var rate, var seconds]:
                await SendAsync(
                    double.Parse(rate, CultureInfo.InvariantCulture),
                    double.Parse(seconds, CultureInfo.InvariantCulture));
                break;
            case ["stats"]:
                var c = _node.Counters;
                Say(FormattableString.Invariant(
                    $"stats {c.PacketsSent} {c.BytesSent} {c.StreamBytesSent} {c.Dropped} {c.RefusedTotal}"));
                break;
            case ["order"]:
                var seconds2 = Stopwatch.GetElapsedTime(_firstAt, _lastAt).TotalSeconds;
                Say(FormattableString.Invariant(
                    $"order {_delivered} {_order} {seconds2:F3} {_latencies.QuantileMs(0.5):F3} {_latencies.QuantileMs(0.99):F3}"));
                break;
        }
    }

    /// <summary>Sends at an even pace; what the window does not let through is caught up with.</summary>
    private async Task SendAsync(double rate, double seconds)
    {
        var began = Stopwatch.GetTimestamp();
        long sent = 0;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        List<Task> under = [];
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
        {
            var wanted = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * rate);
            under.Clear();
            for (; sent < wanted && under.Count < 200; sent++)
            {
                var message = new byte[MessageSizeBytes];
                BinaryPrimitives.WriteInt64LittleEndian(message, Stopwatch.GetTimestamp());
                BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(8), sent);
                under.Add(_group!.SendAsync(message, Delivery.Total));
            }

            await Task.WhenAll(under);
            if (sent >= wanted)
            {
                await pace.WaitForNextTickAsync();
            }
        }

        Say(FormattableString.Invariant($"sent {sent}"));
    }

    private async Task ReadAsync()
    {
        await foreach (var update in _group!.Events())
        {
            switch (update)
            {
                case GroupUpdate.Message message:
                    Take(message);
                    break;
                case GroupUpdate.ViewChanged view:
                    Say(FormattableString.Invariant($"view {view.View.Members.Count} {Stopwatch.GetTimestamp()}"));
                    break;
                default:
                    Say($"event {update}");
                    break;
            }
        }
    }

    private void Take(GroupUpdate.Message message)
    {
        _lastAt = Stopwatch.GetTimestamp();
        _firstAt = _firstAt == 0 ? _lastAt : _firstAt;
        _delivered++;
        var bytes = message.Payload.Span;
        var sentAt = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        // The same number after all messages means the same messages in the same order.
        _order = (_order ^ (ulong)sentAt ^ (ulong)message.Sender.Value) * 0x9E37_79B9_7F4A_7C15;
        _latencies.Add(Stopwatch.GetElapsedTime(sentAt, _lastAt));
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

    private void Say(string line)
    {
        _output.WriteLine(line);
        _output.Flush();
    }
}
