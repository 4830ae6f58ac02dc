using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <content>Messages that are about another view than this member's, or from another life.</content>
public sealed partial class GroupMember
{
    private void ReadCommit(ulong view, ref WireReader body, TimeSpan now)
    {
        var proposal = Proposal.Read(ref body);
        if (body.Failed || proposal.Next.Number != view + 1)
        {
            body.Fail();
        }
        else if (_state == MemberState.Joining && TakeLife(proposal))
        {
            InstallAsJoiner(proposal, now);
        }
        else if (_state == MemberState.In && view == _channel!.View.Number)
        {
            if (!Follows(proposal, _channel.View))
            {
                body.Fail();
                return;
            }

            OnCommit(proposal, now);
        }
        else if (_state == MemberState.Out)
        {
            LeaveAgain(proposal.Next);
        }
    }

    /// <summary>
    /// Let in after it had given up asking, or, having been in, in a later life that it had asked for too: it wants to be
    /// in no view of any of its lives.
    /// </summary>
    private void LeaveAgain(View view)
    {
        if (view.RankOf(Self.Id) is >= 0 and var rank && view.Members[rank].Life is var life
            && life >= _firstLife && life <= Math.Max(_lastLife, Self.Life))
        {
            _post.Life = life;
            _post.Begin(GroupMessage.Leave, view.Number);
            _post.SendToAll(view.Ids);
            _post.Life = Self.Life;
        }
    }

    private void ReadOutdated(ref WireReader body, TimeSpan now)
    {
        var view = View.Read(ref body);
        if (body.Failed)
        {
            return;
        }

        if (_state == MemberState.Joining && view.RankOf(Self) < 0)
        {
            RaiseLife(now);
        }
        else if (_state == MemberState.In && view.Number > _channel!.View.Number && view.RankOf(Self) < 0)
        {
            GoOutBefore(view.Number);
        }
        else if (_state == MemberState.Out)
        {
            LeaveAgain(view);
        }
    }

    /// <summary>What a member that is behind says or asks for.</summary>
    private void ReadPast(MemberLife from, ulong view, GroupMessage kind, ref WireReader body)
    {
        if (kind == GroupMessage.Nak && _previous?.View.Number == view && _previous.View.RankOf(from) is >= 0 and var r)
        {
            _previous.ReceiveNak(r, ref body);
        }
        else if (_lastCommit?.Next.Number == view + 1)
        {
            SendCommit(from.Id, _lastCommit);
        }
        else if (_channel!.View.RankOf(from) < 0)
        {
            SendOutdated(from.Id);
        }
    }

    /// <summary>
    /// One that is out still helps those who are where it was: what it holds may be with nobody else.
    /// </summary>
    private void ReadOutside(
        MemberLife from, ulong view, GroupMessage kind, ref WireReader body, TimeSpan now)
    {
        if (_state == MemberState.Out && kind == GroupMessage.Nak && _channel?.View.Number == view
            && _channel.View.RankOf(from) is >= 0 and var rank)
        {
            _channel.ReceiveNak(rank, ref body);
        }
        else if (_state == MemberState.Out && _lastCommit?.Next.Number == view + 1)
        {
            ReadPast(from, view, kind, ref body);
        }
        else if (_state == MemberState.Out && view > 0 && view + 1 < _lastCommit?.Next.Number
            && _lastCommit.Next.RankOf(from) < 0)
        {
            // It has missed more than one view, and perhaps nobody is left who could tell it.
            SendOutdated(from.Id, _lastCommit.Next);
        }
        else if (_state == MemberState.Out && kind == GroupMessage.Status)
        {
            _post.Send(from.Id, GroupMessage.Leave, view);
        }
        else if (_state == MemberState.Joining && kind == GroupMessage.Status && view > 0)
        {
            // Somebody holds this member for one already: it has missed how that came about.
            _joinsAt = now;
        }
    }

    /// <summary>Once everybody is in this view, nobody needs anything of the one before.</summary>
    private void DropPrevious()
    {
        if (_previous is not null && _state == MemberState.In && _channel!.AllHeard)
        {
            _previous = null;
        }
    }
}
