namespace GridVolunteer.Groups.FailureDetection;

/// <summary>A process as the detector knows it.</summary>
/// <param name="Id">The process.</param>
/// <param name="Incarnation">Its latest known life.</param>
/// <param name="Status">What is thought of it.</param>
/// <param name="Contact">Where it is reached, in the host's own words; empty when that is not known here.</param>
/// <param name="RoundTrip">The smoothed time there and back; nothing before the first answer.</param>
public sealed record Member(
    ProcessId Id,
    Incarnation Incarnation,
    MemberStatus Status,
    ReadOnlyMemory<byte> Contact,
    TimeSpan? RoundTrip);
