using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <summary>
/// Votes on the next views of groups it is no member of, where those are tiny or even, so that half of such a
/// group can go on, and the other half cannot. It gets no messages. What it has voted it must not forget: after a
/// restart it has another life, and votes only from the views on that name it.
/// </summary>
/// <param name="self">The process that votes, and its life.</param>
public sealed class ViewWitness(MemberLife self) : IProtocol<GroupEvent>
{
    /// <summary>How many groups it votes for at most; more are refused.</summary>
    public const int GroupsMax = 65_536;

    private readonly Dictionary<GroupId, Vote> _votes = [];

    /// <summary>Messages that were refused.</summary>
    public Refusals Refusals { get; } = new();

    /// <inheritdoc/>
    public TimeSpan Due => TimeSpan.MaxValue;

    /// <summary>Votes for a group from now on; false when there are too many.</summary>
    public bool Serve(GroupId group) => _votes.Count < GroupsMax && _votes.TryAdd(group, new Vote());

    /// <summary>Votes for a group no longer: it has ended.</summary>
    public bool Dismiss(GroupId group) => _votes.Remove(group);

    /// <summary>
    /// As the coordinator of a hierarchical group, tells members who may be in it. To be repeated every few seconds:
    /// members that have not heard it let nobody in, and those that hold it for dead go on as peers until they do.
    /// </summary>
    /// <param name="word">What is to be told.</param>
    /// <param name="members">To whom.</param>
    /// <param name="output">Where the messages go.</param>
    public void Govern(CoordinatorWord word, IReadOnlyList<ProcessId> members, Output<GroupEvent> output)
    {
        var post = new GroupPost(word.Group, self.Id) { Life = self.Life, Output = output };
        post.Begin(GroupMessage.Govern, view: 0);
        word.Write(post.Writer);
        post.SendToAll(members);
    }

    /// <inheritdoc/>
    public void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<GroupEvent> output)
    {
        var reader = new WireReader(message);
        if (!reader.TryReadMessage(out var kind, out _, out var body) || !reader.AtEnd)
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        var group = new GroupId(body.ReadUInt128());
        var view = body.ReadVarint();
        body.ReadVarint();
        if (!body.Failed && !_votes.ContainsKey(group))
        {
            Refusals.Count(RefusalReason.NotEntitled);
            return;
        }

        if ((GroupMessage)kind is GroupMessage.Prepare or GroupMessage.Accept)
        {
            var ballot = Ballot.Read(ref body);
            var proposal = (GroupMessage)kind == GroupMessage.Accept ? Proposal.Read(ref body) : null;
            if (!body.Failed && ballot.Leader == from)
            {
                var post = new GroupPost(group, self.Id) { Life = self.Life, Output = output };
                Consider(_votes[group], view, ballot, proposal, post);
            }
        }

        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
        }
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now, Output<GroupEvent> output)
    {
        // It only answers.
    }

    private static void Consider(Vote vote, ulong view, Ballot ballot, Proposal? proposal, GroupPost post)
    {
        if (view > vote.View)
        {
            // Whatever was voted before is decided: a majority is in a later view.
            (vote.View, vote.Promised, vote.AcceptedBallot, vote.Accepted) = (view, default, default, null);
        }

        if (view < vote.View)
        {
            return;
        }

        if (ballot < vote.Promised)
        {
            post.Begin(GroupMessage.Refuse, view);
            vote.Promised.Write(post.Writer);
        }
        else if (proposal is null)
        {
            vote.Promised = ballot;
            post.Begin(GroupMessage.Promise, view);
            ballot.Write(post.Writer);
            GroupMember.WriteAccepted(post.Writer, vote.AcceptedBallot, vote.Accepted);
        }
        else
        {
            (vote.Promised, vote.AcceptedBallot, vote.Accepted) = (ballot, ballot, proposal);
            post.Begin(GroupMessage.Accepted, view);
            ballot.Write(post.Writer);
        }

        post.Send(ballot.Leader);
    }

    private sealed class Vote
    {
        public ulong View { get; set; }

        public Ballot Promised { get; set; }

        public Ballot AcceptedBallot { get; set; }

        public Proposal? Accepted { get; set; }
    }
}
