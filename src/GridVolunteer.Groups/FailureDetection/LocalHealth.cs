namespace GridVolunteer.Groups.FailureDetection;

/// <summary>
/// How far the detector doubts itself (Lifeguard's local health multiplier): who misses answers that others were
/// to send is probably slow itself, and gives everybody more time.
/// </summary>
/// <param name="multiplierMax">How far it goes.</param>
internal sealed class LocalHealth(int multiplierMax)
{
    /// <summary>What periods and timeouts are multiplied by: 1 when all is well.</summary>
    public int Multiplier { get; private set; } = 1;

    public void Improve() => Multiplier = Math.Max(1, Multiplier - 1);

    public void Worsen(int by = 1) => Multiplier = Math.Min(multiplierMax, Multiplier + by);
}
