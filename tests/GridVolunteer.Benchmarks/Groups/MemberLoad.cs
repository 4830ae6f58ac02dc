using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using GridVolunteer.Benchmarks.Load;
using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>
/// What one measured process sends in total order, and what becomes of what it is told. Each message carries the moment
/// its latency counts from, a tick of the machine's steady clock, which all processes share. What goes to several groups is
/// counted in the first of them.
/// </summary>
internal sealed class MemberLoad(GroupNode node, IReadOnlyList<Group> groups)
{
    private const int MessageSizeBytes = 1_024;

    /// <summary>How many messages a pressing sender has under way; more would only wait in its own queue.</summary>
    private const int PressedMax = 64;

    private readonly LatencyHistogram _latencies = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _reached = new();
    private long _target = long.MaxValue;
    private ulong _order;
    private long _delivered;
    private long _firstAt;
    private long _lastAt;

    /// <summary>Begins to count anew; the order of all messages since the start goes on.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _latencies.Clear();
            (_delivered, _firstAt, _lastAt, _target) = (0, 0, 0, long.MaxValue);
        }
    }

    /// <summary>
    /// Offers messages at an even pace, whether or not the earlier ones have gone out: each counts from the moment it was
    /// due, so that nothing that holds up the sender is left out.
    /// </summary>
    /// <returns>How many were sent.</returns>
    public Task<long> OfferAsync(double rate, double seconds) =>
        Task.Factory.StartNew(() => Offer(rate, seconds), TaskCreationOptions.LongRunning);

    private long Offer(double rate, double seconds)
    {
        var began = Stopwatch.GetTimestamp();
        var ticksPerMessage = Stopwatch.Frequency / rate;
        var total = (long)(rate * seconds);
        var under = new Queue<Task>();
        for (long sent = 0; sent < total;)
        {
            for (; sent < total; sent++)
            {
                var due = began + (long)(sent * ticksPerMessage);
                if (due > Stopwatch.GetTimestamp())
                {
                    break;
                }

                under.Enqueue(node.SendAsync(groups, Message(due), Delivery.Total));
            }

            while (under.TryPeek(out var oldest) && oldest.IsCompleted)
            {
                under.Dequeue().GetAwaiter().GetResult();
            }

            // The runtime's timers would add up to two ticks of the system.
            Thread.Sleep(2);
        }

        Task.WaitAll(under);
        return total;
    }

    /// <summary>Sends as fast as messages are taken; each counts from the call that sends it.</summary>
    /// <returns>How many were sent.</returns>
    public async Task<long> PressAsync(double seconds)
    {
        var began = Stopwatch.GetTimestamp();
        long sent = 0;
        var under = new Queue<Task>();
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
        {
            for (; under.Count < PressedMax; sent++)
            {
                under.Enqueue(node.SendAsync(groups, Message(Stopwatch.GetTimestamp()), Delivery.Total));
            }

            await under.Dequeue();
        }

        await Task.WhenAll(under);
        return sent;
    }

    /// <summary>Takes in what is delivered.</summary>
    public void Take(GroupUpdate.Message message)
    {
        var now = Stopwatch.GetTimestamp();
        var sentAt = BinaryPrimitives.ReadInt64LittleEndian(message.Payload.Span);
        _latencies.Add(Stopwatch.GetElapsedTime(sentAt, now));
        lock (_lock)
        {
            _lastAt = now;
            _firstAt = _firstAt == 0 ? now : _firstAt;
            // The same number after all messages means the same messages in the same order.
            _order = (_order ^ (ulong)sentAt ^ (ulong)message.Sender.Value) * 0x9E37_79B9_7F4A_7C15;
            if (++_delivered == _target)
            {
                _reached.TrySetResult();
            }
        }
    }

    /// <summary>Ends when so many have been delivered since <see cref="Reset"/>.</summary>
    public Task UntilAsync(long delivered)
    {
        lock (_lock)
        {
            _target = delivered;
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_delivered >= delivered)
            {
                _reached.TrySetResult();
            }

            return _reached.Task;
        }
    }

    /// <summary>What was counted, in one line: see <see cref="OrderFigure"/>.</summary>
    public string Summary()
    {
        var seconds = Stopwatch.GetElapsedTime(_firstAt, _lastAt).TotalSeconds;
        var quantiles = string.Join(
            ' ',
            new[] { 0.5, 0.99, 0.999, 1 }.Select(q => _latencies.QuantileMs(q).ToString("F3", CultureInfo.InvariantCulture)));
        return FormattableString.Invariant($"order {_delivered} {_order} {seconds:F4} {quantiles}");
    }

    private static byte[] Message(long countsFrom)
    {
        var message = new byte[MessageSizeBytes];
        BinaryPrimitives.WriteInt64LittleEndian(message, countsFrom);
        return message;
    }
}
