using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <summary>
/// Who is in a group, as all of them have agreed: the same number means the same members to everybody who ever
/// sees it, and each follows the one before.
/// </summary>
public sealed class View
{
    /// <summary>The most members a view may have.</summary>
    public const int MembersMax = 256;

    private readonly MemberLife[] _members;
    private readonly ProcessId[] _ids;

    /// <summary>Makes a view of members in the order that is theirs: by age in the group, the oldest first.</summary>
    public View(
        ulong number,
        IEnumerable<MemberLife> members,
        MemberLife? witness = null,
        ProcessId? coordinator = null,
        GroupRule rule = GroupRule.Peers)
    {
        if (rule == GroupRule.Hierarchical && coordinator is null)
        {
            throw new ArgumentException("A hierarchical group has a coordinator.", nameof(coordinator));
        }

        Number = number;
        _members = [.. members];
        _ids = [.. _members.Select(m => m.Id)];
        Witness = witness;
        Coordinator = coordinator;
        Rule = rule;
    }

    /// <summary>Its number: 1 for the first view of a group.</summary>
    public ulong Number { get; }

    /// <summary>The members, the oldest first. A member's place is its rank.</summary>
    public IReadOnlyList<MemberLife> Members => _members;

    /// <summary>The members' ids, by rank.</summary>
    public IReadOnlyList<ProcessId> Ids => _ids;

    /// <summary>
    /// Who votes along when there are few members or an even number, so that half of them can go on; it gets no
    /// messages. Null when there is none.
    /// </summary>
    public MemberLife? Witness { get; }

    /// <summary>
    /// Who decides on who is in a hierarchical group; it is known while it is lost too. Null in a group of peers.
    /// </summary>
    public ProcessId? Coordinator { get; }

    /// <summary>
    /// Who decides as long as this view lasts: a hierarchical group whose coordinator is lost goes on as one of
    /// peers, from a view that says so.
    /// </summary>
    public GroupRule Rule { get; }

    /// <summary>True when the witness votes on what follows this view.</summary>
    public bool WitnessVotes => Witness is not null && (_members.Length <= 2 || _members.Length % 2 == 0);

    /// <summary>How many votes decide.</summary>
    public int Majority => ((_members.Length + (WitnessVotes ? 1 : 0)) / 2) + 1;

    /// <summary>A member's rank; -1 when it is none.</summary>
    public int RankOf(MemberLife member) => Array.IndexOf(_members, member);

    /// <summary>The rank of a process, in whatever life; -1 when it is no member.</summary>
    public int RankOf(ProcessId id) => Array.IndexOf(_ids, id);

    /// <inheritdoc/>
    public override string ToString() => $"{Number}: {string.Join(' ', _members.Select(m => $"{m.Id}/{m.Life}"))}";

    internal bool SameAs(View other) =>
        Number == other.Number && Witness == other.Witness && Coordinator == other.Coordinator
        && Rule == other.Rule && _members.AsSpan().SequenceEqual(other._members);

    internal void Write(WireWriter writer)
    {
        var mark = writer.BeginRecord();
        writer.WriteVarint(Number);
        writer.WriteCount(_members.Length);
        foreach (var member in _members)
        {
            member.Write(writer);
        }

        writer.WriteBoolean(Witness is not null);
        Witness?.Write(writer);
        writer.WriteBoolean(Coordinator is not null);
        if (Coordinator is { } coordinator)
        {
            writer.WriteProcess(coordinator);
            writer.WriteBoolean(Rule == GroupRule.Hierarchical);
        }

        writer.End(mark);
    }

    internal static View Read(ref WireReader reader)
    {
        var record = reader.ReadRecord();
        var number = record.ReadVarint();
        var members = new MemberLife[record.ReadCount(MembersMax, ProcessId.SizeBytes + 1)];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = MemberLife.Read(ref record);
        }

        MemberLife? witness = record.ReadBoolean() ? MemberLife.Read(ref record) : null;
        // Before groups had rules a view ended here.
        ProcessId? coordinator = record.Remaining > 0 && record.ReadBoolean() ? record.ReadProcess() : null;
        var isHierarchical = coordinator is not null && record.ReadBoolean();
        if (record.Failed || number == 0 || members.Select(m => m.Id).Distinct().Count() != members.Length)
        {
            reader.Fail();
        }

        return record.Failed
            ? new View(number, members, witness)
            : new View(
                number, members, witness, coordinator, isHierarchical ? GroupRule.Hierarchical : GroupRule.Peers);
    }
}
