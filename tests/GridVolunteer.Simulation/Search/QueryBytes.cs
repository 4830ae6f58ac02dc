using GridVolunteer.Groups;
using GridVolunteer.Groups.Search;

namespace GridVolunteer.Simulation.Search;

/// <summary>Reads and changes queries under way, byte by byte as they are specified.</summary>
internal static class QueryBytes
{
    private const int RingAt = 3 + 16 + ProcessId.SizeBytes;

    public static bool IsQuery(ReadOnlySpan<byte> message) => message[0] == 0x51;

    public static bool IsAnswer(ReadOnlySpan<byte> message) => message[0] == 0x52;

    public static QueryId Id(ReadOnlySpan<byte> message) => new(ProcessId.FromHash(message[3..]).Value);

    public static int Ring(ReadOnlySpan<byte> message) => message[RingAt];

    public static int HopCount(ReadOnlySpan<byte> message) => message[RingAt + 1];

    public static int TimeToLive(ReadOnlySpan<byte> message) => message[RingAt + 2];

    public static byte[] WithRing(ReadOnlySpan<byte> message, byte ring)
    {
        var changed = message.ToArray();
        changed[RingAt] = ring;
        return changed;
    }

    public static byte[] JustSetOut(ReadOnlySpan<byte> message)
    {
        var changed = message.ToArray();
        changed[RingAt + 1] = 1;
        changed[RingAt + 2] = 5;
        return changed;
    }
}
