using GridVolunteer.Groups.Multicast;

namespace GridVolunteer.Groups.Views;

/// <content>From one view to the next, and out.</content>
public sealed partial class GroupMember
{
    private const int GoneKept = 64;

    private readonly List<GroupEvent> _events = [];
    private readonly List<MemberLife> _gone = [];

    private void Emit(GroupEvent happened)
    {
        TakeDeliveries();
        (_heldBack ?? _events).Add(happened);
    }

    /// <summary>Puts what the channel has delivered behind what has happened before.</summary>
    private void TakeDeliveries()
    {
        if (_channel is { Deliveries.Count: > 0 } channel)
        {
            (_heldBack ?? _events).AddRange(channel.Deliveries);
            channel.Deliveries.Clear();
        }
    }

    private void Install(Proposal decided, TimeSpan now)
    {
        var before = _channel!;
        before.Close(decided.Cut);
        TakeDeliveries();
        var gone = before.View.Members.Where(m => decided.Next.RankOf(m) < 0).ToArray();
        _gone.AddRange(gone);
        _gone.RemoveRange(0, Math.Max(0, _gone.Count - GoneKept));
        MemberLife[] joined = [.. decided.Joined];
        Enter(decided.Next, before, now);
        _lastCommit = decided;
        Emit(new GroupEvent.ViewInstalled(decided.Next, joined, gone, State: null));
        BeginHandover(decided);
        if (joined.Length > 0 && _options.TransfersState)
        {
            Emit(new GroupEvent.StateWanted(decided.Next.Number));
        }

        DropHandovers();
        SendQueued(now);
    }

    private void Enter(View view, ViewChannel? previous, TimeSpan now)
    {
        _previous = previous;
        _channel = new ViewChannel(view, view.RankOf(Self), _options, _post, _random, _flaw);
        _state = MemberState.In;
        _promised = default;
        _acceptedBallot = default;
        _accepted = null;
        _pending = null;
        _decided = null;
        _attempt = null;
        _attemptAt = TimeSpan.MaxValue;
        _fetchesAt = TimeSpan.MaxValue;
        _frozenAt = TimeSpan.MaxValue;
        _hasStalled = false;
        _roundSeen = 0;
        _joiners.RemoveAll(j => view.RankOf(j.Member.Id) >= 0);
        _leavers.RemoveAll(m => view.RankOf(m) < 0);
        _ended.RemoveWhere(m => view.RankOf(m) < 0);
        foreach (var member in view.Members)
        {
            _channel.Mark(member.Id, IsGone(member));
        }

        _channel.Open(now);
    }

    /// <summary>The others go on without this member: as it has asked them to, or not.</summary>
    /// <param name="view">The number of the view it does not come to.</param>
    private void GoOutBefore(ulong view) => GoOut(_isLeaving ? new GroupEvent.Left() : new GroupEvent.Excluded(view));

    private void GoOut(GroupEvent last)
    {
        Emit(last);
        // Whoever waited for a state gets no more of it: what was held back is told, without a beginning.
        ReleaseHeldBack(state: null);
        _state = MemberState.Out;
        _queue.Clear();
        _joiners.Clear();
    }
}
