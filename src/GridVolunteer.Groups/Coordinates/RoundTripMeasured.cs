namespace GridVolunteer.Groups.Coordinates;

/// <summary>A peer answered a ping.</summary>
/// <param name="Peer">Who.</param>
/// <param name="RoundTrip">How long it took.</param>
/// <param name="Coordinate">Where the peer says it stands.</param>
/// <param name="Verdict">Whether the own coordinate followed the sample.</param>
public readonly record struct RoundTripMeasured(
    ProcessId Peer, TimeSpan RoundTrip, NetworkCoordinate Coordinate, CoordinateVerdict Verdict);
