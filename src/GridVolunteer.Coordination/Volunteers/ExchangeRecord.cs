using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>What a broker tells a volunteer after an exchange.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Answer">What was answered.</param>
public sealed record ExchangeRecord(WorkRequest Request, WorkAnswer Answer);
