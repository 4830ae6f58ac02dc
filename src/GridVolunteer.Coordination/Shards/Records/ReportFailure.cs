using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>A failure of one unit as it is journalled, with what follows from it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="Message">For people.</param>
/// <param name="BackOffMs">How long the volunteer is kept from the unit, in milliseconds.</param>
/// <param name="IsFinal">Whether the unit has failed for good.</param>
internal readonly record struct ReportFailure(
    int Unit, UnitFailureKind Kind, string Message, long BackOffMs, bool IsFinal);
