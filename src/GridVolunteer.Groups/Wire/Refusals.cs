namespace GridVolunteer.Groups.Wire;

/// <summary>
/// Counts the messages a protocol refused, by reason. A refused message changes nothing else; it is never fatal.
/// </summary>
public sealed class Refusals
{
    private readonly long[] _counts = new long[Enum.GetValues<RefusalReason>().Length];

    /// <summary>How many messages were refused for this reason.</summary>
    public long this[RefusalReason reason] => _counts[(int)reason];

    /// <summary>How many messages were refused.</summary>
    public long Total => _counts.Sum();

    /// <summary>Counts one refusal.</summary>
    public void Count(RefusalReason reason) => _counts[(int)reason]++;
}
