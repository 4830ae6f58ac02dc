using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// Measures the clock against a source, as Cristian did (<i>Probabilistic clock synchronization</i>, 1989): a request, an
/// answer with the source's time, and of all samples the one that is surest now. Answers requests where this process
/// is a source itself.
/// </summary>
internal sealed class TimeMeasurement(ProcessId self, OrderingOptions options, Random random)
{
    private const byte Version = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly WireWriter _writer = new();
    private ProcessId? _source;
    private DateTimeOffset? _served;
    private ulong _nonce;
    private TimeSpan _askedAt;

    /// <summary>What is known of the time; null while nothing is.</summary>
    public TimeEstimate? Estimate { get; private set; }

    /// <summary>When the source is asked next.</summary>
    public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Measures against a process from now on; against nobody, when null.</summary>
    public void Follow(ProcessId? source, TimeSpan now)
    {
        _source = source;
        _served = null;
        Estimate = null;
        _nonce = 0;
        Due = source is null ? TimeSpan.MaxValue : now;
    }

    /// <summary>Is a source from now on.</summary>
    public void Serve(DateTimeOffset timeAtZero)
    {
        _source = null;
        _served = timeAtZero;
        Due = TimeSpan.MaxValue;
        Estimate = new TimeEstimate(timeAtZero, TimeSpan.Zero, TimeSpan.Zero, 0);
    }

    public void Tick(TimeSpan now, Output<OrderedEvent> output)
    {
        if (now < Due || _source is not { } source)
        {
            return;
        }

        _nonce = (ulong)random.NextInt64(1, long.MaxValue);
        _askedAt = now;
        Due = now + Patience;
        Send(source, OrderingMessage.TimeRequest, 0, output);
    }

    /// <summary>Reads a request or an answer.</summary>
    public RefusalReason? Receive(
        ProcessId from, OrderingMessage kind, ref WireReader body, TimeSpan now, Output<OrderedEvent> output)
    {
        var nonce = body.ReadUInt64();
        var ticks = kind == OrderingMessage.TimeAnswer ? body.ReadInt64() : 0;
        if (body.Failed || ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks / 2)
        {
            return RefusalReason.Malformed;
        }

        if (kind == OrderingMessage.TimeRequest)
        {
            if (_served is not { } served)
            {
                return RefusalReason.NotEntitled;
            }

            _nonce = nonce;
            Send(from, OrderingMessage.TimeAnswer, (served + now).Ticks, output);
            return null;
        }

        if (from != _source || nonce != _nonce || nonce == 0)
        {
            return RefusalReason.NotEntitled;
        }

        Take(ticks, now);
        return null;
    }

    private void Take(long ticks, TimeSpan now)
    {
        _nonce = 0;
        Due = now + options.MeasureInterval;
        var roundTrip = now - _askedAt;
        var sample = new TimeEstimate(
            new DateTimeOffset(ticks, TimeSpan.Zero) + (roundTrip / 2) - now, roundTrip, now, options.ClockDriftMax);
        if (Estimate is not { } known || sample.EpsilonAt(now) <= known.EpsilonAt(now))
        {
            Estimate = sample;
        }
    }

    private void Send(ProcessId to, OrderingMessage kind, long ticks, Output<OrderedEvent> output)
    {
        if (to == self)
        {
            return;
        }

        _writer.Clear();
        var mark = _writer.BeginMessage((byte)kind, Version);
        _writer.WriteUInt64(_nonce);
        if (kind == OrderingMessage.TimeAnswer)
        {
            _writer.WriteInt64(ticks);
        }

        _writer.End(mark);
        output.Send(to, Carrier.Datagram, _writer.Written);
    }
}
