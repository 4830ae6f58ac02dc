using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Register;

/// <content>
/// Sending to open groups from outside: to one member, which sends it on; to another when that one says nothing.
/// Members pass over what they have delivered already (<see cref="OpenGate"/>).
/// </content>
public sealed partial class GroupRegister
{
    private const int TriesOfOne = 3;
    private const int GroupsPostedToMax = 64;

    private readonly SortedDictionary<GroupId, OutgoingPosts> _posts = [];
    private readonly List<(GroupId Group, MemberLife Author, ulong Number)> _receipts = [];
    private ulong _postNumber;

    /// <summary>
    /// Posts to an open group that this process is not in. Posts to one group go in their order, each when the one
    /// before has ended (<see cref="RegisterEvent.PostEnded"/>). Null when too many wait.
    /// </summary>
    /// <param name="entry">The group, as <see cref="RegisterEvent.Found"/> or a list named it.</param>
    /// <param name="payload">What to send; it is not copied, so must not change.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    /// <returns>The post's number.</returns>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public ulong? Post(
        GroupEntry entry, ReadOnlyMemory<byte> payload, TimeSpan now, Output<RegisterEvent> output)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (payload.Length > _options.PostSizeBytesMax)
        {
            throw new ArgumentException($"A post has at most {_options.PostSizeBytesMax} bytes.", nameof(payload));
        }

        now = Advance(now);
        if (!_posts.TryGetValue(entry.Id, out var posts))
        {
            if (_posts.Count >= GroupsPostedToMax)
            {
                return null;
            }

            _posts.Add(entry.Id, posts = new OutgoingPosts(entry));
        }

        if (posts.Waiting.Count >= _options.PostsMax)
        {
            return null;
        }

        if (posts.Waiting.Count == 0)
        {
            posts.SendsAt = now;
            posts.Tries = 0;
        }

        posts.Waiting.Enqueue((++_postNumber, payload, now + _options.PostTimeout));
        Work(now, output);
        return _postNumber;
    }

    private void SeeToPosts(TimeSpan now, Output<RegisterEvent> output)
    {
        foreach (var (group, posts) in _posts.ToArray())
        {
            while (posts.Waiting.TryPeek(out var first) && now >= first.EndsAt)
            {
                EndPost(group, posts, isDelivered: false, now, output);
            }

            if (posts.Waiting.Count == 0)
            {
                _posts.Remove(group);
            }
            else if (now >= posts.SendsAt)
            {
                SendPost(group, posts, now, output);
            }
        }
    }

    private void SendPost(GroupId group, OutgoingPosts posts, TimeSpan now, Output<RegisterEvent> output)
    {
        posts.SendsAt = now + _options.AskRepeat;
        var members = posts.Entry.Members.Where(m => m.Id != _self.Id).ToArray();
        if (posts.Tries >= TriesOfOne)
        {
            posts.Tries = 0;
            posts.Turn++;
        }

        if (members.Length == 0 || posts.Turn % members.Length == members.Length - 1)
        {
            // Others may be in it by now.
            Begin(
                new NameSearch(posts.Entry.Name, posts.Entry.Kind, posts.Entry.Rule) { IsForPosts = true }, now);
        }

        if (members.Length == 0)
        {
            return;
        }

        posts.Tries++;
        var (number, payload, _) = posts.Waiting.Peek();
        var writer = _post.Begin(RegisterMessage.Post);
        writer.WriteUInt128(group.Value);
        writer.WriteVarint(number);
        writer.WriteBytes(payload.Span);
        _post.Send(members[posts.Turn % members.Length].Id, output);
    }

    private void EndPost(
        GroupId group, OutgoingPosts posts, bool isDelivered, TimeSpan now, Output<RegisterEvent> output)
    {
        output.Emit(new RegisterEvent.PostEnded(group, posts.Waiting.Dequeue().Number, isDelivered));
        posts.SendsAt = now;
        posts.Tries = 0;
    }

    private void OnPost(
        MemberLife from, GroupId group, ulong number, ReadOnlySpan<byte> payload, TimeSpan now,
        Output<RegisterEvent> output)
    {
        if (!_groups.TryGetValue(group, out var own) || own.IsOver || own.View is null)
        {
            SendReceipt(from.Id, group, number, PostOutcome.NotMember, output);
        }
        else if (own.Gate is not { } gate)
        {
            Refusals.Count(RefusalReason.NotEntitled);
            SendReceipt(from.Id, group, number, PostOutcome.Closed, output);
            if (_flaw == RegisterFlaw.ClosedIsOpen)
            {
                output.Emit(new RegisterEvent.Posted(group, payload.ToArray()));
            }
        }
        else if (gate.HasDelivered(from, number))
        {
            SendReceipt(from.Id, group, number, PostOutcome.Delivered, output);
        }
        else if (own.BeginPost(from, number, now, _options.AskRepeat * 8))
        {
            output.Emit(new RegisterEvent.Posted(group, gate.WrapPost(from, number, payload)));
        }
    }

    private void OnPostReceipt(
        ProcessId from, GroupId group, ulong number, PostOutcome outcome, TimeSpan now, Output<RegisterEvent> output)
    {
        if (!_posts.TryGetValue(group, out var posts) || !posts.Waiting.TryPeek(out var first)
            || first.Number != number || !posts.Entry.Members.Any(m => m.Id == from))
        {
            return;
        }

        if (outcome == PostOutcome.NotMember)
        {
            posts.Tries = TriesOfOne;
            posts.SendsAt = Earlier(posts.SendsAt, now + (_options.AskRepeat / 4));
        }
        else
        {
            EndPost(group, posts, outcome == PostOutcome.Delivered, now, output);
        }

        SeeToPosts(now, output);
    }

    private void ReleaseReceipts(Output<RegisterEvent> output)
    {
        foreach (var (group, author, number) in _receipts)
        {
            SendReceipt(author.Id, group, number, PostOutcome.Delivered, output);
        }

        _receipts.Clear();
    }

    private void SendReceipt(
        ProcessId to, GroupId group, ulong number, PostOutcome outcome, Output<RegisterEvent> output)
    {
        var writer = _post.Begin(RegisterMessage.PostReceipt);
        writer.WriteUInt128(group.Value);
        writer.WriteVarint(number);
        writer.WriteByte((byte)outcome);
        _post.Send(to, output);
    }
}
