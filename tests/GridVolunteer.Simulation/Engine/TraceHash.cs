namespace GridVolunteer.Simulation.Engine;

/// <summary>
/// Folds everything that happens into one number (FNV-1a): two runs with the same number went the same way.
/// </summary>
public sealed class TraceHash
{
    private const ulong Prime = 1_099_511_628_211;

    /// <summary>The number so far.</summary>
    public ulong Value { get; private set; } = 14_695_981_039_346_656_037;

    /// <summary>Folds in numbers.</summary>
    public void Add(long a, long b, long c)
    {
        Value = (Value ^ (ulong)a) * Prime;
        Value = (Value ^ (ulong)b) * Prime;
        Value = (Value ^ (ulong)c) * Prime;
    }

    /// <summary>Folds in bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            Value = (Value ^ b) * Prime;
        }
    }
}
