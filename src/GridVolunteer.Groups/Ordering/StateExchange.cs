using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// The state of a group for those who join: what members have handed in for them, and what has come for this process
/// itself.
/// </summary>
internal sealed class StateExchange
{
    // Each is kept for somebody who is in the view and waits for it; so there are never more than members. With a lower
    // bound one whose state was dropped would wait for ever.
    private const int SnapshotsMax = View.MembersMax;

    private readonly List<Given> _given = [];
    private readonly List<(OrderedView View, List<MemberLife> Waiting)> _wanted = [];

    /// <summary>The number of the view this process joined by; 0 when it needs no state.</summary>
    public ulong JoinedBy { get; private set; }

    /// <summary>Those who may have the state.</summary>
    public IReadOnlyList<MemberLife> Providers { get; private set; } = [];

    /// <summary>The state that has come.</summary>
    public ReadOnlyMemory<byte>? Taken { get; private set; }

    /// <summary>When it is asked for, or again.</summary>
    public TimeSpan AskAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>How often it was asked for.</summary>
    public int Asked { get; set; }

    /// <summary>States that are kept for others.</summary>
    public int Kept => _given.Count;

    /// <summary>This process has joined, and needs the state.</summary>
    public void Need(ulong view, IReadOnlyList<MemberLife> providers, TimeSpan askAt)
    {
        JoinedBy = view;
        Providers = providers;
        AskAt = askAt;
    }

    /// <summary>The state has come; false when none is needed.</summary>
    public bool Take(ulong view, ReadOnlySpan<byte> state)
    {
        if (JoinedBy != view || view == 0 || Taken is not null)
        {
            return false;
        }

        Taken = state.ToArray();
        AskAt = TimeSpan.MaxValue;
        return true;
    }

    /// <summary>The state is needed no longer.</summary>
    public void Done()
    {
        JoinedBy = 0;
        Taken = null;
        AskAt = TimeSpan.MaxValue;
    }

    /// <summary>Some have joined, and whoever stands above was asked for the state.</summary>
    public void Want(OrderedView view, IEnumerable<MemberLife> joined)
    {
        _wanted.Add((view, [.. joined]));
        _wanted.RemoveRange(0, Math.Max(0, _wanted.Count - SnapshotsMax));
    }

    /// <summary>The state was handed in.</summary>
    public void Give(ulong view, ReadOnlyMemory<byte> state)
    {
        var at = _wanted.FindIndex(w => w.View.Number == view);
        if (at < 0)
        {
            return;
        }

        var given = new Given(_wanted[at].View, state, _wanted[at].Waiting);
        _wanted.RemoveAt(at);
        var group = given.View.Group;
        // Another may have been quicker.
        given.Waiting.RemoveAll(m => group.BegunAt(m) >= view || group.Current!.View.RankOf(m) < 0);
        if (given.Waiting.Count > 0)
        {
            _given.Add(given);
            _given.RemoveRange(0, Math.Max(0, _given.Count - SnapshotsMax));
        }
    }

    /// <summary>
    /// The state for one that asks; null when it is not here, not for it, or not sure yet: it is sure once the view has
    /// its place everywhere, so that what stands before it is the same to all.
    /// </summary>
    public ReadOnlyMemory<byte>? For(ulong view, MemberLife asker)
    {
        foreach (var given in _given)
        {
            if (given.View.Number == view && given.Waiting.Contains(asker)
                && given.View.Group.IsReadyEverywhere(given.View.Start))
            {
                return given.State;
            }
        }

        return null;
    }

    /// <summary>The next state that is sure and has not been offered to those who wait for it.</summary>
    public Given? NextToOffer()
    {
        foreach (var given in _given)
        {
            if (!given.IsOffered && given.View.Group.IsReadyEverywhere(given.View.Start))
            {
                given.IsOffered = true;
                return given;
            }
        }

        return null;
    }

    /// <summary>One that joined has been told a view: so it has the state that came before it.</summary>
    public void Received(ulong view, MemberLife joiner)
    {
        foreach (var given in _given)
        {
            if (given.View.Number <= view)
            {
                given.Waiting.Remove(joiner);
            }
        }

        _given.RemoveAll(g => g.Waiting.Count == 0);
    }

    /// <summary>A view is agreed on: who is not in it needs nothing more.</summary>
    public void Follow(View next)
    {
        foreach (var given in _given)
        {
            given.Waiting.RemoveAll(m => next.RankOf(m) < 0);
        }

        _given.RemoveAll(g => g.Waiting.Count == 0);
        Providers = [.. Providers.Where(m => next.RankOf(m) >= 0)];
    }

    /// <summary>A state that was handed in, and who waits for it.</summary>
    internal sealed class Given(OrderedView view, ReadOnlyMemory<byte> state, List<MemberLife> waiting)
    {
        public OrderedView View { get; } = view;

        public ReadOnlyMemory<byte> State { get; } = state;

        public List<MemberLife> Waiting { get; } = waiting;

        public bool IsOffered { get; set; }
    }
}
