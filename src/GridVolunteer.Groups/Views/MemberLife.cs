using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <summary>
/// A member of a view: a process in one of its lives. A process that starts anew, or comes back after it was
/// excluded, is another member, which knows nothing of the former. Ordered by process, then life.
/// </summary>
/// <param name="Id">The process.</param>
/// <param name="Life">Greater for each start and each time it joins; from 1.</param>
public readonly record struct MemberLife(ProcessId Id, ulong Life) : IComparable<MemberLife>
{
    /// <inheritdoc/>
    public int CompareTo(MemberLife other) =>
        Id == other.Id ? Life.CompareTo(other.Life) : Id.CompareTo(other.Id);

    internal void Write(WireWriter writer)
    {
        writer.WriteProcess(Id);
        writer.WriteVarint(Life);
    }

    internal static MemberLife Read(ref WireReader reader) => new(reader.ReadProcess(), reader.ReadVarint());
}
