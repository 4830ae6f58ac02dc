using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Validation;

/// <summary>
/// Results that wait for agreement, as groups of equal bytes numbered in the order in which they came. Under
/// exact agreement nearly every unit has one group, which lies in pages of arrays; further groups, and all
/// groups under numeric agreement, lie in the unit's detail.
/// </summary>
internal sealed class PendingResults
{
    private const int SpareMax = 4;
    private static readonly List<ResultGroup> NoGroups = [];

    private readonly int _quorum;
    private readonly bool _isPaged;
    private readonly UnitDetails _details;
    private readonly PendingPage?[] _pages;
    private readonly Stack<PendingPage> _spare = [];

    public PendingResults(int unitCount, int quorum, bool isNumeric, UnitDetails details)
    {
        _quorum = quorum;
        _isPaged = !isNumeric;
        _details = details;
        _pages = new PendingPage?[quorum > 1 ? (unitCount + PendingPage.Units - 1) / PendingPage.Units : 0];
    }

    /// <summary>The number of the group with a digest, or -1.</summary>
    public int FindGroup(int unit, Digest digest)
    {
        if (Page(unit) is { } page && page.Digests[Slot(unit)] == digest)
        {
            return 0;
        }

        // Loops, not lambdas: what a lambda captures is allocated for every unit.
        var groups = GroupsOf(unit);
        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i].Digest == digest)
            {
                return i + Paged(unit);
            }
        }

        return -1;
    }

    /// <summary>Whether a result of this volunteer is in.</summary>
    public bool HasResultOf(int unit, int holder)
    {
        if (Page(unit) is { } page && page.HoldersOf(Slot(unit)).Contains(holder))
        {
            return true;
        }

        foreach (var group in GroupsOf(unit))
        {
            if (group.Holders.Contains(holder))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a result unlike those that are in.</summary>
    public void Open(int unit, Digest digest, ResultPlace place, int holder, byte[]? bytes)
    {
        var slot = Slot(unit);
        if (_isPaged && Page(unit) is null && GroupsOf(unit).Count == 0)
        {
            var page = _pages[unit / PendingPage.Units] ??=
                _spare.TryPop(out var spare) ? spare : new PendingPage(_quorum);
            page.Used++;
            page.Digests[slot] = digest;
            page.Places[slot] = place;
            page.Join(slot, holder);
            return;
        }

        var group = new ResultGroup(digest, place, bytes);
        group.Holders.Add(holder);
        _details.For(unit).Groups.Add(group);
    }

    /// <summary>Adds a result equal to those of a group, short of the quorum.</summary>
    public void Join(int unit, int group, int holder)
    {
        if (group < Paged(unit))
        {
            Page(unit)!.Join(Slot(unit), holder);
        }
        else
        {
            GroupsOf(unit)[group - Paged(unit)].Holders.Add(holder);
        }
    }

    /// <summary>How many results a group has.</summary>
    public int Size(int unit, int group) => group < Paged(unit)
        ? Page(unit)!.Counts[Slot(unit)]
        : GroupsOf(unit)[group - Paged(unit)].Holders.Count;

    /// <summary>Where the earliest result of a group lies.</summary>
    public ResultPlace Place(int unit, int group) => group < Paged(unit)
        ? Page(unit)!.Places[Slot(unit)]
        : GroupsOf(unit)[group - Paged(unit)].Place;

    /// <summary>All groups of a unit, in order.</summary>
    public List<ResultGroup> Groups(int unit)
    {
        var groups = new List<ResultGroup>();
        if (Page(unit) is { } page)
        {
            var slot = Slot(unit);
            var first = new ResultGroup(page.Digests[slot], page.Places[slot], null);
            first.Holders.AddRange(page.HoldersOf(slot));
            groups.Add(first);
        }

        groups.AddRange(GroupsOf(unit));
        return groups;
    }

    /// <summary>The unit is decided: its paged group goes (its detail goes by itself).</summary>
    public void Forget(int unit)
    {
        if (Page(unit) is not { } page)
        {
            return;
        }

        page.Counts[Slot(unit)] = 0;
        if (--page.Used == 0)
        {
            _pages[unit / PendingPage.Units] = null;
            if (_spare.Count < SpareMax)
            {
                _spare.Push(page);
            }
        }
    }

    private static int Slot(int unit) => unit % PendingPage.Units;

    // The groups that lie in the unit's detail.
    private List<ResultGroup> GroupsOf(int unit) => _details.Find(unit)?.Groups ?? NoGroups;

    private int Paged(int unit) => Page(unit) is null ? 0 : 1;

    // The page, when the unit has a group in it.
    private PendingPage? Page(int unit)
    {
        if (_pages.Length == 0)
        {
            return null;
        }

        var page = _pages[unit / PendingPage.Units];
        return page is not null && page.Counts[Slot(unit)] > 0 ? page : null;
    }
}
