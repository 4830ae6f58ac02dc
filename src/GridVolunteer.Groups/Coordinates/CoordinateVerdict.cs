namespace GridVolunteer.Groups.Coordinates;

/// <summary>What became of a sample.</summary>
public enum CoordinateVerdict
{
    /// <summary>The own coordinate follows it.</summary>
    Accepted,

    /// <summary>The round trip is not above 0, or longer than is believed.</summary>
    RoundTripOutOfRange,

    /// <summary>
    /// The peer stands so far off that no path could be that long, or states a senseless error.
    /// </summary>
    CoordinateOutOfRange,

    /// <summary>The peer's point moved further than an honest one can since the last sample.</summary>
    ImplausibleJump,
}
