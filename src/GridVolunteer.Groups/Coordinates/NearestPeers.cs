namespace GridVolunteer.Groups.Coordinates;

/// <summary>
/// Who is near. Coordinates rank any number of peers for nothing; a ping of the best few settles the order,
/// because a prediction errs. Pure functions.
/// </summary>
public static class NearestPeers
{
    /// <summary>
    /// How many of the best by coordinate to ping, for the nearest 7 to be among them. A choice, measured in
    /// the tests.
    /// </summary>
    public const int PingCount = 16;

    /// <summary>
    /// The <paramref name="count"/> peers nearest to <paramref name="self"/> by prediction, nearest first,
    /// ties by id so that all rank alike.
    /// </summary>
    public static IReadOnlyList<ProcessId> ByPrediction(
        NetworkCoordinate self, IEnumerable<KeyValuePair<ProcessId, NetworkCoordinate>> peers, int count) =>
        Best(peers.Select(p => KeyValuePair.Create(p.Key, self.RoundTripTo(p.Value))), count);

    /// <summary>
    /// The <paramref name="count"/> peers with the shortest measured round trip, nearest first, ties by id.
    /// </summary>
    public static IReadOnlyList<ProcessId> ByMeasurement(
        IEnumerable<KeyValuePair<ProcessId, TimeSpan>> roundTrips, int count) => Best(roundTrips, count);

    private static IReadOnlyList<ProcessId> Best(
        IEnumerable<KeyValuePair<ProcessId, TimeSpan>> roundTrips, int count) =>
        [.. roundTrips.OrderBy(p => p.Value).ThenBy(p => p.Key).Take(count).Select(p => p.Key)];
}
