using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Coordinates;

/// <summary>
/// Measures round trips to peers on request, and answers those of others; each answer carries a coordinate
/// (<see cref="VivaldiNode"/>). It asks of itself nothing: whoever wants near neighbours pings
/// about 20 peers to find where it stands, and then the best by coordinate.
/// </summary>
public sealed class PingProtocol : IProtocol<RoundTripMeasured>
{
    /// <summary>Pings that may be unanswered at once; the oldest is forgotten for one more.</summary>
    public const int UnansweredMax = 64;

    private const byte Version = 1;

    private readonly VivaldiNode _node;
    private readonly Random _random;
    private readonly TimeSpan _patience;
    private readonly WireWriter _writer = new();
    private readonly List<SentPing> _unanswered = [];

    /// <summary>A process that pings nobody yet.</summary>
    /// <param name="node">Its coordinate.</param>
    /// <param name="options">The options of <paramref name="node"/>.</param>
    /// <param name="random">Numbers of pings, so that an answer cannot be sent without the question.</param>
    public PingProtocol(VivaldiNode node, CoordinateOptions options, Random random)
    {
        _node = node;
        _random = random;
        _patience = options.RoundTripMax;
    }

    /// <summary>Messages refused so far.</summary>
    public Refusals Refusals { get; } = new();

    /// <summary>Pings without an answer so far.</summary>
    public int Unanswered => _unanswered.Count;

    /// <inheritdoc/>
    public TimeSpan Due => _unanswered.Count == 0 ? TimeSpan.MaxValue : _unanswered[0].Sent + _patience;

    /// <summary>Pings a peer; its answer comes as <see cref="RoundTripMeasured"/>, or not at all.</summary>
    public void Ping(ProcessId peer, TimeSpan now, Output<RoundTripMeasured> output)
    {
        if (_unanswered.Count == UnansweredMax)
        {
            _unanswered.RemoveAt(0);
        }

        var ping = new SentPing(peer, (ulong)_random.NextInt64(), now);
        _unanswered.Add(ping);
        _writer.Clear();
        var mark = _writer.BeginMessage((byte)PingKind.Ping, Version);
        _writer.WriteUInt64(ping.Number);
        _writer.End(mark);
        output.Send(peer, Carrier.Datagram, _writer.Written);
    }

    /// <inheritdoc/>
    public void Receive(
        ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<RoundTripMeasured> output)
    {
        var reader = new WireReader(message);
        if (!reader.TryReadMessage(out var kind, out _, out var body))
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        switch ((PingKind)kind)
        {
            case PingKind.Ping:
                Answer(from, ref body, output);
                break;
            case PingKind.Pong:
                Measure(from, ref body, now, output);
                break;
            default:
                Refusals.Count(RefusalReason.UnknownKind);
                break;
        }
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now, Output<RoundTripMeasured> output) =>
        _unanswered.RemoveAll(p => p.Sent + _patience <= now);

    private void Answer(ProcessId from, ref WireReader body, Output<RoundTripMeasured> output)
    {
        var number = body.ReadUInt64();
        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        _writer.Clear();
        var mark = _writer.BeginMessage((byte)PingKind.Pong, Version);
        _writer.WriteUInt64(number);
        CoordinateWire.Write(_writer, _node.Coordinate);
        _writer.End(mark);
        output.Send(from, Carrier.Datagram, _writer.Written);
    }

    private void Measure(
        ProcessId from, ref WireReader body, TimeSpan now, Output<RoundTripMeasured> output)
    {
        var number = body.ReadUInt64();
        if (CoordinateWire.Read(ref body) is not { } coordinate)
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        var index = _unanswered.FindIndex(p => p.Peer == from && p.Number == number);
        if (index < 0)
        {
            // Doubled on its way, too late, or never asked for.
            Refusals.Count(RefusalReason.Implausible);
            return;
        }

        var roundTrip = now - _unanswered[index].Sent;
        _unanswered.RemoveAt(index);
        var verdict = _node.Observe(from, coordinate, roundTrip, now);
        output.Emit(new RoundTripMeasured(from, roundTrip, coordinate, verdict));
    }

    private readonly record struct SentPing(ProcessId Peer, ulong Number, TimeSpan Sent);
}
