namespace GridVolunteer.Coordination.Shards.Units;

/// <summary>A change of units as a table from old code to new code, so that a run changes at once.</summary>
internal static class UnitChange
{
    /// <summary>A copy is handed out.</summary>
    public static byte[] Issue { get; } = Table(c => !UnitCode.IsIssued(c)
        ? c == UnitCode.Fresh ? UnitCode.Issued(0, 1, tracked: false) : c
        : With(c, 1));

    /// <summary>A live copy is live no more; of a decided unit nothing changes.</summary>
    public static byte[] Withdraw { get; } = Table(c => UnitCode.IsIssued(c) ? With(c, -1) : c);

    /// <summary>The unit gets a detail.</summary>
    public static byte[] Track { get; } = Table(c => UnitCode.IsIssued(c)
        ? UnitCode.Issued(UnitCode.Agreeing(c), UnitCode.Live(c), tracked: true)
        : c);

    /// <summary>The unit has a canonical result.</summary>
    public static byte[] Validate { get; } = Table(c => UnitCode.IsIssued(c) ? UnitCode.Validated : c);

    /// <summary>The unit has failed for good.</summary>
    public static byte[] Fail { get; } = Table(c => UnitCode.IsIssued(c) ? UnitCode.Failed : c);

    private static byte With(byte code, int live) => UnitCode.Issued(
        UnitCode.Agreeing(code),
        Math.Clamp(UnitCode.Live(code) + live, 0, UnitCode.LiveMax),
        UnitCode.IsTracked(code));

    private static byte[] Table(Func<byte, byte> change)
    {
        var table = new byte[256];
        for (var code = 0; code < table.Length; code++)
        {
            table[code] = change((byte)code);
        }

        return table;
    }
}
