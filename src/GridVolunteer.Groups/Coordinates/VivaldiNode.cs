namespace GridVolunteer.Groups.Coordinates;

/// <summary>
/// One process's coordinate. Every measured round trip is a spring between two points; the process moves its
/// own point a little towards rest, the more the surer the other side is (Vivaldi, SIGCOMM 2004), with the
/// filter, adjustment and gravity of Ledlie et al. (NSDI 2007). Invariant: the coordinate stays finite and
/// within <see cref="CoordinateOptions.RoundTripMax"/>, whatever peers claim. One caller at a time.
/// </summary>
public sealed class VivaldiNode
{
    // A spring shorter than this has no direction, and a sum of errors below it no share.
    private const double Tiny = 1e-6;

    private readonly CoordinateOptions _options;
    private readonly Random _random;
    private readonly AdjustmentWindow _adjustment;
    private readonly NetworkCoordinate _start;
    private readonly Dictionary<ProcessId, PeerSamples> _peers = [];

    /// <summary>A process that has measured nothing.</summary>
    /// <param name="options">How it follows samples.</param>
    /// <param name="random">Where two points coincide, the direction to part in.</param>
    /// <exception cref="ArgumentException">The options have faults; all are named.</exception>
    public VivaldiNode(CoordinateOptions options, Random random)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _random = random;
        _adjustment = new AdjustmentWindow(options.AdjustmentSamples);
        _start = NetworkCoordinate.Start(options);
        Coordinate = _start;
    }

    /// <summary>Where the process stands; told to peers with its pings.</summary>
    public NetworkCoordinate Coordinate { get; private set; }

    /// <summary>Peers whose samples are kept; at most <see cref="CoordinateOptions.PeersMax"/>.</summary>
    public int PeerCount => _peers.Count;

    /// <summary>Samples refused so far.</summary>
    public long Refused { get; private set; }

    /// <summary>How often the process was led out of the space and began at its start again.</summary>
    public long Restarts { get; private set; }

    /// <summary>A round trip to <paramref name="peer"/> was measured.</summary>
    /// <param name="peer">Who answered.</param>
    /// <param name="coordinate">Where it says it stands.</param>
    /// <param name="roundTrip">How long the answer took.</param>
    /// <param name="now">Monotonic time.</param>
    /// <returns>Whether the sample was believed; one that was not changes nothing.</returns>
    public CoordinateVerdict Observe(
        ProcessId peer, NetworkCoordinate coordinate, TimeSpan roundTrip, TimeSpan now)
    {
        var verdict = Judge(peer, coordinate, roundTrip, now);
        if (verdict != CoordinateVerdict.Accepted)
        {
            Refused++;
            return verdict;
        }

        var seconds = Math.Max(Tiny, SamplesOf(peer).Add(coordinate, roundTrip.TotalSeconds, now));
        Follow(coordinate, seconds);
        return verdict;
    }

    /// <summary>Forgets a peer that left.</summary>
    public void Forget(ProcessId peer) => _peers.Remove(peer);

    private CoordinateVerdict Judge(
        ProcessId peer, NetworkCoordinate coordinate, TimeSpan roundTrip, TimeSpan now)
    {
        if (roundTrip <= TimeSpan.Zero || roundTrip > _options.RoundTripMax)
        {
            return CoordinateVerdict.RoundTripOutOfRange;
        }

        if (coordinate.Error > _options.ErrorMax || !IsInSpace(coordinate)
            || coordinate.SpringLength(Coordinate) > _options.RoundTripMax.TotalSeconds)
        {
            return CoordinateVerdict.CoordinateOutOfRange;
        }

        if (_peers.GetValueOrDefault(peer) is { Coordinate: { } last } known)
        {
            var moved =
                last.PointDistance(coordinate) + Math.Abs(last.HeightSeconds - coordinate.HeightSeconds);
            var elapsed = Math.Max(0, (now - known.Heard).TotalSeconds);
            var allowed = _options.JumpMax + (elapsed * _options.JumpMaxPerSecond);
            if (moved > allowed.TotalSeconds)
            {
                return CoordinateVerdict.ImplausibleJump;
            }
        }

        return CoordinateVerdict.Accepted;
    }

    private PeerSamples SamplesOf(ProcessId peer)
    {
        if (!_peers.TryGetValue(peer, out var samples))
        {
            if (_peers.Count == _options.PeersMax)
            {
                _peers.Remove(_peers.MinBy(p => p.Value.Heard).Key);
            }

            samples = new PeerSamples(_options.FilterSamples);
            _peers.Add(peer, samples);
        }

        return samples;
    }

    private void Follow(NetworkCoordinate other, double roundTripSeconds)
    {
        var length = Coordinate.SpringLength(other);
        var wrongness = Math.Abs(length - roundTripSeconds) / roundTripSeconds;
        var weight = Coordinate.Error / Math.Max(Coordinate.Error + other.Error, Tiny);
        var gain = _options.ErrorGain * weight;
        var error = Math.Min((gain * wrongness) + ((1 - gain) * Coordinate.Error), _options.ErrorMax);

        var step = _options.StepMax.TotalSeconds;
        var force = Math.Clamp(_options.PositionGain * weight * (roundTripSeconds - length), -step, step);
        Span<double> position = stackalloc double[NetworkCoordinate.Dimensions];
        var height = Push(other, force, position);
        Draw(position);

        var moved = new NetworkCoordinate(position, height, error, 0);
        _adjustment.Add(roundTripSeconds - moved.SpringLength(other));
        Coordinate = new NetworkCoordinate(position, height, error, _adjustment.Seconds);
        if (!IsInSpace(Coordinate))
        {
            // Out there every honest peer would look implausible, and there would be no way back.
            Coordinate = _start;
            _adjustment.Clear();
            Restarts++;
        }
    }

    private bool IsInSpace(NetworkCoordinate coordinate)
    {
        var limit = _options.RoundTripMax.TotalSeconds;
        return Math.Abs(coordinate.AdjustmentSeconds) <= limit && coordinate.SpringLength(_start) <= limit;
    }

    /// <summary>Moves along the spring, and the height with it; gives the new height.</summary>
    private double Push(NetworkCoordinate other, double force, Span<double> position)
    {
        Coordinate.Position.CopyTo(position);
        Span<double> direction = stackalloc double[NetworkCoordinate.Dimensions];
        var distance = Coordinate.PointDistance(other);
        if (distance > Tiny)
        {
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] = (Coordinate.Position[i] - other.Position[i]) / distance;
            }
        }
        else
        {
            AnyDirection(direction);
        }

        for (var i = 0; i < direction.Length; i++)
        {
            position[i] += direction[i] * force;
        }

        // Where the points coincide, the heights say nothing of how the spring divides between them.
        return distance > Tiny
            ? Math.Max(
                _options.HeightMinSeconds,
                Coordinate.HeightSeconds
                    + ((Coordinate.HeightSeconds + other.HeightSeconds) * force / distance))
            : Coordinate.HeightSeconds;
    }

    private void AnyDirection(Span<double> direction)
    {
        var sum = 0.0;
        for (var i = 0; i < direction.Length; i++)
        {
            direction[i] = _random.NextDouble() - 0.5;
            sum += direction[i] * direction[i];
        }

        var norm = Math.Sqrt(Math.Max(sum, Tiny));
        for (var i = 0; i < direction.Length; i++)
        {
            direction[i] /= norm;
        }
    }

    private void Draw(Span<double> position)
    {
        var sum = 0.0;
        foreach (var x in position)
        {
            sum += x * x;
        }

        var distance = Math.Sqrt(sum);
        var pull = distance / _options.GravitySeconds * (distance / _options.GravitySeconds);
        for (var i = 0; distance > Tiny && i < position.Length; i++)
        {
            position[i] -= position[i] / distance * pull;
        }
    }
}
