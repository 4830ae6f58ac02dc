using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Register;

/// <summary>A group in the server's register.</summary>
internal sealed class ServedGroup(GroupEntry entry, MemberLife? creator, TimeSpan now)
{
    // In the order of their first being let in: the first who is no member is the one to be forgotten.
    private readonly List<ProcessId> _letIn = [];

    public GroupEntry Entry { get; set; } = entry;

    /// <summary>Who is to make it, until it has said that it is there.</summary>
    public MemberLife? Creator { get; set; } = creator;

    /// <summary>When its members last said that it is there; or since when it is to be made.</summary>
    public TimeSpan HeardAt { get; set; } = now;

    public HashSet<ProcessId> PutOut { get; } = [];

    public bool LetIn(ProcessId id)
    {
        if (PutOut.Contains(id) || _letIn.Contains(id))
        {
            return false;
        }

        if (_letIn.Count >= CoordinatorWord.ProcessesMax)
        {
            var idle = _letIn.FindIndex(known => !Entry.Members.Any(m => m.Id == known));
            _letIn.RemoveAt(Math.Max(0, idle));
        }

        _letIn.Add(id);
        return true;
    }

    public bool IsLetIn(ProcessId id) => _letIn.Contains(id);

    public bool Expel(ProcessId id)
    {
        _letIn.Remove(id);
        return PutOut.Count < CoordinatorWord.ProcessesMax && PutOut.Add(id);
    }

    public CoordinatorWord Word(ulong number) => new(Entry.Id, number, [.. _letIn], [.. PutOut]);
}
