using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.FailureDetection;

/// <summary>
/// Which life of a process a claim is about. Only its owner raises it: the boot counter when it starts, the
/// refutation counter when it hears itself called suspect or dead. Ordered by boot, then refutation.
/// </summary>
/// <param name="Boot">
/// How often the process has started, from 1, kept by its host across restarts; 0 while unknown.
/// </param>
/// <param name="Refutation">How often it has refuted since.</param>
public readonly record struct Incarnation(ulong Boot, uint Refutation) : IComparable<Incarnation>
{
    /// <summary>The greatest boot counter: a greater one in a message is refused, so that there is room above.</summary>
    public const ulong BootMax = 1UL << 48;

    /// <summary>The greatest refutation counter that is believed.</summary>
    public const uint RefutationMax = 1U << 31;

    /// <summary>True once the process has been heard of.</summary>
    public bool IsKnown => Boot > 0;

    /// <inheritdoc/>
    public int CompareTo(Incarnation other) =>
        Boot != other.Boot ? Boot.CompareTo(other.Boot) : Refutation.CompareTo(other.Refutation);

    /// <summary>True when the left comes before the right.</summary>
    public static bool operator <(Incarnation left, Incarnation right) => left.CompareTo(right) < 0;

    /// <summary>True when the left comes after the right.</summary>
    public static bool operator >(Incarnation left, Incarnation right) => left.CompareTo(right) > 0;

    /// <summary>True when the left does not come after the right.</summary>
    public static bool operator <=(Incarnation left, Incarnation right) => left.CompareTo(right) <= 0;

    /// <summary>True when the left does not come before the right.</summary>
    public static bool operator >=(Incarnation left, Incarnation right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Boot}.{Refutation}";

    internal void Write(WireWriter writer)
    {
        writer.WriteVarint(Boot);
        writer.WriteVarint(Refutation);
    }

    internal static Incarnation Read(ref WireReader reader)
    {
        var boot = reader.ReadVarint();
        var refutation = reader.ReadVarint();
        if (boot > BootMax || refutation > RefutationMax)
        {
            reader.Fail();
            return default;
        }

        return new Incarnation(boot, (uint)refutation);
    }
}
