namespace GridVolunteer.Protocol.Jobs;

/// <summary>When two results of one unit agree.</summary>
/// <param name="Kind">By exact bytes or by numbers.</param>
/// <param name="AbsoluteTolerance">For numbers: the difference that is always allowed, 0 or more.</param>
/// <param name="RelativeTolerance">For numbers: the allowed difference relative to the larger magnitude, 0 or
/// more.</param>
public sealed record AgreementRule(
    AgreementKind Kind, double AbsoluteTolerance = 0, double RelativeTolerance = 0)
{
    /// <summary>Equal bytes.</summary>
    public static AgreementRule Exact { get; } = new(AgreementKind.Exact);
}
