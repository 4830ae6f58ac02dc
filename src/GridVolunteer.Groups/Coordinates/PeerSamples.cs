namespace GridVolunteer.Groups.Coordinates;

/// <summary>
/// The last round trips of one peer, of which the median counts (the moving percentile filter of Ledlie,
/// Gardner and Seltzer, "Network coordinates in the wild", NSDI 2007), and where the peer stood.
/// </summary>
internal sealed class PeerSamples(int capacity)
{
    private readonly List<double> _roundTrips = new(capacity);

    public NetworkCoordinate? Coordinate { get; private set; }

    public TimeSpan Heard { get; private set; }

    /// <summary>
    /// Takes a sample in and gives the median, in seconds; of an even number the upper one.
    /// </summary>
    public double Add(NetworkCoordinate coordinate, double roundTripSeconds, TimeSpan now)
    {
        Coordinate = coordinate;
        Heard = now;
        if (_roundTrips.Count == capacity)
        {
            _roundTrips.RemoveAt(0);
        }

        _roundTrips.Add(roundTripSeconds);
        Span<double> sorted = stackalloc double[_roundTrips.Count];
        _roundTrips.CopyTo(sorted);
        sorted.Sort();
        return sorted[sorted.Length / 2];
    }
}
