using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <summary>An attempt at agreement: a round, and who leads it. Later ones overrule earlier ones.</summary>
internal readonly record struct Ballot(uint Round, ProcessId Leader) : IComparable<Ballot>
{
    private const uint RoundMax = 1U << 30;

    public int CompareTo(Ballot other) =>
        Round != other.Round ? Round.CompareTo(other.Round) : Leader.CompareTo(other.Leader);

    public static bool operator <(Ballot left, Ballot right) => left.CompareTo(right) < 0;

    public static bool operator >(Ballot left, Ballot right) => left.CompareTo(right) > 0;

    public static bool operator <=(Ballot left, Ballot right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Ballot left, Ballot right) => left.CompareTo(right) >= 0;

    public void Write(WireWriter writer)
    {
        writer.WriteVarint(Round);
        writer.WriteProcess(Leader);
    }

    public static Ballot Read(ref WireReader reader) =>
        new((uint)reader.ReadNumber((int)RoundMax), reader.ReadProcess());
}
