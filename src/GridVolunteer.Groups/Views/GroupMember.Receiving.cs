using GridVolunteer.Groups.Multicast;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <content>Reading messages.</content>
public sealed partial class GroupMember
{
    private const int MessageSizeBytesMax = (1 << 20) + 4_096;

    /// <inheritdoc/>
    public void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<GroupEvent> output)
    {
        if (message.Length > MessageSizeBytesMax)
        {
            Refusals.Count(RefusalReason.TooLong);
            return;
        }

        now = Begin(now, output);
        var reader = new WireReader(message);
        if (from != Self.Id && reader.TryReadMessage(out var kind, out _, out var body) && reader.AtEnd)
        {
            var group = new GroupId(body.ReadUInt128());
            var view = body.ReadVarint();
            var life = body.ReadVarint();
            if (!body.Failed && group == Group)
            {
                Read(new MemberLife(from, life), view, (GroupMessage)kind, ref body, now);
            }
            else if (!body.Failed)
            {
                Refusals.Count(RefusalReason.NotEntitled);
            }

            if (body.Failed)
            {
                Refusals.Count(RefusalReason.Malformed);
            }
        }
        else
        {
            Refusals.Count(RefusalReason.Malformed);
        }

        Work(now);
        Finish(output);
    }

    private void Read(MemberLife from, ulong view, GroupMessage kind, ref WireReader body, TimeSpan now)
    {
        if (kind == GroupMessage.Commit)
        {
            ReadCommit(view, ref body, now);
        }
        else if (kind == GroupMessage.Outdated)
        {
            ReadOutdated(ref body, now);
        }
        else if (kind == GroupMessage.Govern)
        {
            ReadGovern(from, ref body);
        }
        else if (_state != MemberState.In)
        {
            ReadOutside(from, view, kind, ref body, now);
        }
        else if (kind == GroupMessage.Join)
        {
            ReadJoin(from, ref body, now);
        }
        else if (kind is >= GroupMessage.StateRequest and <= GroupMessage.StateCheck)
        {
            ReadState(from, view, kind, ref body);
        }
        else if (view == _channel!.View.Number)
        {
            ReadCurrent(from, kind, ref body, now);
        }
        else if (view > _channel.View.Number)
        {
            _post.Send(from.Id, GroupMessage.Behind, _channel.View.Number);
        }
        else
        {
            ReadPast(from, view, kind, ref body);
        }
    }

    private void ReadCurrent(MemberLife from, GroupMessage kind, ref WireReader body, TimeSpan now)
    {
        var channel = _channel!;
        var rank = channel.View.RankOf(from);
        if (rank < 0 && channel.View.WitnessVotes && from == channel.View.Witness)
        {
            ReadVote(channel.View.Members.Count, kind, ref body, now);
            return;
        }

        if (rank < 0)
        {
            Refusals.Count(RefusalReason.NotEntitled);
            if (_gone.Contains(from))
            {
                SendOutdated(from.Id);
            }

            NoteLaterLife(from);
            return;
        }

        switch (kind)
        {
            case GroupMessage.Data:
                channel.ReceiveData(rank, ref body, now);
                OnCollected(now);
                break;
            case GroupMessage.Status:
                channel.ReceiveStatus(rank, ref body, now);
                break;
            case GroupMessage.Nak:
                channel.ReceiveNak(rank, ref body);
                break;
            case GroupMessage.Prepare:
                var ballot = Ballot.Read(ref body);
                if (!body.Failed && ballot.Leader == from.Id)
                {
                    OnPrepare(from.Id, ballot, now);
                }

                break;
            case GroupMessage.Accept:
                ReadAccept(from, ref body, now);
                break;
            case GroupMessage.Leave:
                OnLeave(from);
                break;
            case GroupMessage.Behind:
                // Both are in the same view by now.
                break;
            default:
                ReadVote(rank, kind, ref body, now);
                break;
        }
    }

    private void ReadVote(int voter, GroupMessage kind, ref WireReader body, TimeSpan now)
    {
        if (kind is not (GroupMessage.Promise or GroupMessage.Refuse or GroupMessage.Accepted))
        {
            Refusals.Count(RefusalReason.UnknownKind);
            return;
        }

        var ballot = Ballot.Read(ref body);
        if (kind == GroupMessage.Promise)
        {
            ReadPromise(voter, ballot, ref body, now);
        }
        else if (!body.Failed && kind == GroupMessage.Accepted)
        {
            OnAccepted(voter, ballot, now);
        }
        else if (!body.Failed)
        {
            OnRefuse(ballot, now);
        }
    }

    private void ReadPromise(int voter, Ballot ballot, ref WireReader body, TimeSpan now)
    {
        var members = _channel!.View.Members.Count;
        var held = new ulong[members];
        for (var i = 0; i < members && voter < members; i++)
        {
            held[i] = body.ReadVarint();
        }

        Ballot acceptedBallot = default;
        Proposal? accepted = null;
        if (body.ReadBoolean())
        {
            acceptedBallot = Ballot.Read(ref body);
            accepted = ReadProposal(ref body);
        }

        if (!body.Failed)
        {
            OnPromise(voter, ballot, new Promise(held, acceptedBallot, accepted), now);
        }
    }

    private void ReadAccept(MemberLife from, ref WireReader body, TimeSpan now)
    {
        var ballot = Ballot.Read(ref body);
        var proposal = ReadProposal(ref body);
        var isVoted = body.Remaining > 0 && body.ReadBoolean();
        if (!body.Failed && ballot.Leader == from.Id)
        {
            OnAccept(from.Id, ballot, proposal, isVoted, now);
        }
    }

    /// <summary>Reads a proposal for what follows the current view.</summary>
    private Proposal ReadProposal(ref WireReader body)
    {
        var proposal = Proposal.Read(ref body);
        if (!Follows(proposal, _channel!.View))
        {
            body.Fail();
        }

        return proposal;
    }

    private static bool Follows(Proposal proposal, View view) =>
        proposal.Next.Number == view.Number + 1
        && proposal.Next.Coordinator == view.Coordinator
        && proposal.Cut.Length == view.Members.Count
        && proposal.Next.Members.Take(proposal.Survivors).All(m => view.RankOf(m) >= 0);
}
