namespace GridVolunteer.Coordination.Shards.Units;

/// <summary>
/// The byte that a unit costs. The upper half says fresh, validated, failed, or how many results agree so far
/// (with a second range for units that have a <see cref="UnitDetail"/>); the lower half counts live copies.
/// Everything the scheduler asks of a unit follows from this byte, so runs of units are compared and changed
/// as bytes.
/// </summary>
internal static class UnitCode
{
    /// <summary>Never handed out.</summary>
    public const byte Fresh = 0x00;

    /// <summary>Has a canonical result.</summary>
    public const byte Validated = 0x10;

    /// <summary>Failed for good.</summary>
    public const byte Failed = 0x20;

    /// <summary>The largest quorum: results that agree, short of the quorum, fit the code.</summary>
    public const int QuorumMax = 6;

    /// <summary>The most live copies of one unit that the code can count.</summary>
    public const int LiveMax = 15;

    private const byte FirstIssued = 0x40;
    private const byte FirstTracked = 0xA0;

    /// <summary>Handed out once, and neither validated nor failed.</summary>
    public static bool IsIssued(byte code) => code >= FirstIssued;

    /// <summary>Issued, and with a <see cref="UnitDetail"/>.</summary>
    public static bool IsTracked(byte code) => code >= FirstTracked;

    /// <summary>Live copies.</summary>
    public static int Live(byte code) => code & 0x0F;

    /// <summary>Results in the largest group that agrees.</summary>
    public static int Agreeing(byte code) =>
        !IsIssued(code) ? 0 : (code - (IsTracked(code) ? FirstTracked : FirstIssued)) >> 4;

    /// <summary>An issued unit's code.</summary>
    public static byte Issued(int agreeing, int live, bool tracked) =>
        (byte)((tracked ? FirstTracked : FirstIssued) + (agreeing << 4) + live);

    /// <summary>The phase that the code says.</summary>
    public static UnitPhase Phase(byte code) => code switch
    {
        Fresh => UnitPhase.Fresh,
        Validated => UnitPhase.Validated,
        Failed => UnitPhase.Failed,
        _ when Agreeing(code) > 0 => UnitPhase.Pending,
        _ => Live(code) > 0 ? UnitPhase.Running : UnitPhase.Returned,
    };

    /// <summary>Whether the byte can occur at all under a quorum.</summary>
    public static bool IsValid(byte code, int quorum) =>
        code is Fresh or Validated or Failed || (IsIssued(code) && Agreeing(code) < quorum);
}
