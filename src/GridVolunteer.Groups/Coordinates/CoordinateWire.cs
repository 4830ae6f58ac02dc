using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Coordinates;

/// <summary>
/// A coordinate as a record inside a message, about 35 bytes: lengths in whole microseconds, the error in
/// millionths. What is no finite number, or longer than <see cref="LengthMax"/>, cannot even be written.
/// </summary>
public static class CoordinateWire
{
    /// <summary>Longest length in a coordinate that is written or read.</summary>
    public static readonly TimeSpan LengthMax = TimeSpan.FromSeconds(10);

    private const double Millionths = 1e6;
    private const int ErrorMillionthsMax = 100_000_000;

    private static readonly long LengthMaxMicroseconds = LengthMax.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Writes a coordinate; lengths beyond the limit are cut to it.</summary>
    public static void Write(WireWriter writer, NetworkCoordinate coordinate)
    {
        var mark = writer.BeginRecord();
        foreach (var x in coordinate.Position)
        {
            WriteLength(writer, x);
        }

        WriteLength(writer, coordinate.HeightSeconds);
        WriteLength(writer, coordinate.AdjustmentSeconds);
        writer.WriteVarint((ulong)Math.Min(Math.Round(coordinate.Error * Millionths), ErrorMillionthsMax));
        writer.End(mark);
    }

    /// <summary>Reads a coordinate; on a fault null, and the reader has failed.</summary>
    public static NetworkCoordinate? Read(ref WireReader reader)
    {
        var record = reader.ReadRecord();
        Span<double> position = stackalloc double[NetworkCoordinate.Dimensions];
        foreach (ref var x in position)
        {
            x = ReadLength(ref record);
        }

        var height = ReadLength(ref record);
        var adjustment = ReadLength(ref record);
        var error = record.ReadNumber(ErrorMillionthsMax) / Millionths;
        if (record.Failed || height < 0)
        {
            reader.Fail();
            return null;
        }

        return new NetworkCoordinate(position, height, error, adjustment);
    }

    // Zigzag: small lengths of either sign are short.
    private static void WriteLength(WireWriter writer, double seconds)
    {
        var us = Math.Clamp(
            (long)Math.Round(seconds * Millionths), -LengthMaxMicroseconds, LengthMaxMicroseconds);
        writer.WriteVarint((ulong)((us << 1) ^ (us >> 63)));
    }

    private static double ReadLength(ref WireReader reader)
    {
        var value = reader.ReadVarint();
        if (value > 2 * (ulong)LengthMaxMicroseconds)
        {
            reader.Fail();
            return 0;
        }

        return ((long)(value >> 1) ^ -(long)(value & 1)) / Millionths;
    }
}
