using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <content>
/// The state that one who joins begins with. Those who were there before hold it ready until it has come; one
/// that has got it hands it on to those who joined with it. Nobody else is let in meanwhile: so when all who had
/// it are gone, none of those left has it, and all begin without alike.
/// </content>
public sealed partial class GroupMember
{
    private readonly List<StateHandover> _handovers = [];
    private readonly Dictionary<MemberLife, ulong> _missing = [];

    // While the state is under way, what happens meanwhile waits here, from the view that was joined on.
    private List<GroupEvent>? _heldBack;
    private Proposal? _joinedBy;
    private TimeSpan _stateAt = TimeSpan.MaxValue;
    private int _stateAsked;

    /// <summary>True while somebody who has joined is not known to have the state.</summary>
    private bool AwaitsHandover => _handovers.Count > 0;

    /// <summary>Hands in the state that <see cref="GroupEvent.StateWanted"/> asked for.</summary>
    /// <param name="view">The number the event named.</param>
    /// <param name="state">The state; it is not copied, so must not change.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    /// <exception cref="ArgumentException">The state is too long.</exception>
    public void ProvideState(ulong view, ReadOnlyMemory<byte> state, TimeSpan now, Output<GroupEvent> output)
    {
        if (state.Length > _options.StateSizeBytesMax)
        {
            throw new ArgumentException(
                $"A state has at most {_options.StateSizeBytesMax} bytes; this one has {state.Length}.",
                nameof(state));
        }

        if (_state != MemberState.In || _heldBack is not null || FindHandover(view) is not { State: null } handover)
        {
            // They have it by now, or are gone.
            return;
        }

        Begin(now, output);
        handover.State = state;
        if (Leader == Self.Id)
        {
            handover.Waiting.ForEach(m => SendState(m.Id, view, state));
        }

        Finish(output);
    }

    private StateHandover? FindHandover(ulong view) => _handovers.Find(h => h.View == view);

    /// <summary>Those who have just joined are to get the state as it is now.</summary>
    private void BeginHandover(Proposal decided)
    {
        if (_options.TransfersState && decided.Survivors > 0 && decided.Joined.Any())
        {
            _handovers.Add(new StateHandover(decided.Next.Number, [.. decided.Joined]));
        }
    }

    /// <summary>The first view of one that joined: told once the state has come, if one is to come.</summary>
    private void InstallAsJoiner(Proposal commit, TimeSpan now)
    {
        Enter(commit.Next, previous: null, now);
        _lastCommit = commit;
        _joinedBy = commit;
        _joinsAt = TimeSpan.MaxValue;
        _heldBack = [];
        BeginHandover(commit);
        if (AwaitsHandover)
        {
            _stateAt = now + JoinRepeat;
        }
        else
        {
            ReleaseHeldBack(state: null);
        }
    }

    /// <summary>Tells what was held back, with the state before it.</summary>
    private void ReleaseHeldBack(ReadOnlyMemory<byte>? state)
    {
        if (_heldBack is not { } held || _joinedBy is not { } commit)
        {
            return;
        }

        TakeDeliveries();
        _heldBack = null;
        _stateAt = TimeSpan.MaxValue;
        _events.Add(new GroupEvent.ViewInstalled(commit.Next, [.. commit.Next.Members], [], state));
        _events.AddRange(held);
    }

    private void SeeToState(TimeSpan now)
    {
        if (now < _stateAt)
        {
            return;
        }

        _stateAt = now + JoinRepeat;
        var present = _joinedBy!.Next.Members.Where(m => m != Self && _channel!.View.RankOf(m) >= 0);
        var asked = SurvivorsOfJoin() is { Length: > 0 } survivors ? survivors : [.. present];
        if (Array.TrueForAll(asked, m => _missing.GetValueOrDefault(m) >= _channel!.View.Number))
        {
            // Nobody has it any more.
            var view = _joinedBy.Next.Number;
            ReleaseHeldBack(state: null);
            _handovers.RemoveAll(h => h.View == view);
            return;
        }

        _post.Send(asked[_stateAsked++ % asked.Length].Id, GroupMessage.StateRequest, _joinedBy.Next.Number);
    }

    /// <summary>Those who were there before this member, and are still there.</summary>
    private MemberLife[] SurvivorsOfJoin() =>
        [.. _joinedBy!.Next.Members.Take(_joinedBy.Survivors).Where(m => _channel!.View.RankOf(m) >= 0)];

    private void OnStateRequest(MemberLife from, ulong view)
    {
        if (FindHandover(view) is { State: { } state } handover && handover.Waiting.Contains(from))
        {
            SendState(from.Id, view, state);
        }
        else if (_joinedBy is { } commit && commit.Next.Number == view && commit.Next.RankOf(from) >= 0
            && SurvivorsOfJoin().Length == 0)
        {
            _post.Begin(GroupMessage.StateMissing, view);
            _post.Writer.WriteVarint(_channel!.View.Number);
            _post.Send(from.Id);
        }
    }

    private void OnStateReceived(MemberLife from, ulong view)
    {
        FindHandover(view)?.Waiting.Remove(from);
        DropHandovers();
    }

    private void OnStateMissing(MemberLife from, ulong view, ulong current)
    {
        if (_heldBack is not null && _joinedBy?.Next.Number == view && _joinedBy.Next.RankOf(from) >= 0)
        {
            // In a later view others may be gone from whom it might still have got it.
            _missing[from] = current;
        }
    }

    private void DropHandovers()
    {
        foreach (var handover in _handovers)
        {
            handover.Waiting.RemoveAll(m => _channel!.View.RankOf(m) < 0);
        }

        _handovers.RemoveAll(h => h.Waiting.Count == 0);
    }

    /// <summary>Somebody wants to join: asks those who may have the state whether they do.</summary>
    private void CheckHandovers()
    {
        foreach (var handover in _handovers)
        {
            foreach (var member in handover.Waiting)
            {
                _post.Send(member.Id, GroupMessage.StateCheck, handover.View);
            }
        }
    }

    private void OnStateCheck(MemberLife from, ulong view)
    {
        if (_heldBack is null && _joinedBy?.Next.Number == view)
        {
            _post.Send(from.Id, GroupMessage.StateReceived, view);
        }
    }

    private void SendState(ProcessId to, ulong view, ReadOnlyMemory<byte> state)
    {
        _post.Begin(GroupMessage.State, view);
        _post.Writer.WriteBytes(state.Span);
        _post.Send(to);
    }

    private void OnState(ulong view, ReadOnlySpan<byte> state)
    {
        if (_heldBack is null || _joinedBy?.Next.Number != view)
        {
            return;
        }

        var bytes = state.ToArray();
        if (FindHandover(view) is { } handover)
        {
            handover.State = bytes;
            handover.Waiting.Remove(Self);
            DropHandovers();
        }

        ReleaseHeldBack(bytes);
        _post.Begin(GroupMessage.StateReceived, view);
        _post.SendToAll(_joinedBy.Next.Ids);
    }

    private void ReadState(MemberLife from, ulong view, GroupMessage kind, ref WireReader body)
    {
        if (_channel!.View.RankOf(from) < 0)
        {
            Refusals.Count(RefusalReason.NotEntitled);
            return;
        }

        switch (kind)
        {
            case GroupMessage.StateRequest:
                OnStateRequest(from, view);
                break;
            case GroupMessage.StateReceived:
                OnStateReceived(from, view);
                break;
            case GroupMessage.StateCheck:
                OnStateCheck(from, view);
                break;
            case GroupMessage.StateMissing:
                var current = body.ReadVarint();
                if (!body.Failed)
                {
                    OnStateMissing(from, view, current);
                }

                break;
            default:
                var state = body.ReadBytes(_options.StateSizeBytesMax);
                if (!body.Failed)
                {
                    OnState(view, state);
                }

                break;
        }
    }
}
