using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Register;

/// <content>What the server is asked and told.</content>
public sealed partial class GroupServer
{
    private const int MembersTold = 8;

    /// <inheritdoc/>
    public void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<RegisterEvent> output)
    {
        now = Advance(now);
        if (message.Length is > 0 and <= RegisterWire.MessageSizeBytesMax
            && (message[0] & 0xf0) == (byte)MessageFamily.Views)
        {
            _witness.Receive(from, message, now, _votes);
            PassOnVotes(output);
            return;
        }

        if (!RegisterWire.TryOpen(_self.Id, from, message, Refusals, out var sender, out var kind, out var body))
        {
            return;
        }

        Read(sender, kind, ref body, now, output);
        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
        }

        Work(now, output);
    }

    private void Read(
        MemberLife sender, RegisterMessage kind, ref WireReader body, TimeSpan now, Output<RegisterEvent> output)
    {
        var from = sender.Id;
        switch (kind)
        {
            case RegisterMessage.Ask:
                var question = NameQuestion.Read(ref body);
                if (!body.Failed)
                {
                    OnAsk(sender, question, now, output);
                }

                break;
            case RegisterMessage.Announce:
                var entry = RegisterWire.ReadEntry(ref body);
                if (!body.Failed)
                {
                    OnAnnounce(from, entry, now, output);
                }

                break;
            case RegisterMessage.Ended or RegisterMessage.EndedReceipt:
                var id = new GroupId(body.ReadUInt128());
                if (!body.Failed)
                {
                    OnEnd(from, kind, id, now, output);
                }

                break;
            case RegisterMessage.AskAll:
                _post.SendEntries(from, _groups.Values.Where(g => g.Creator is null).Select(Told), output);
                break;
            case RegisterMessage.Known or RegisterMessage.Unknown or RegisterMessage.PostReceipt:
                // Answers to what this process itself asks in its other part, the register of its own groups.
                break;
            default:
                Refusals.Count(RefusalReason.UnknownKind);
                break;
        }
    }

    private void OnAsk(MemberLife sender, NameQuestion question, TimeSpan now, Output<RegisterEvent> output)
    {
        var from = sender.Id;
        if (!_groups.TryGetValue(question.Name, out var group))
        {
            Introduce(sender, question, now, output);
            return;
        }

        if (group.Entry.Kind != question.Kind || group.Entry.Rule != question.Rule)
        {
            _post.SendDenied(from, question.Name, DenialReason.OtherKind, output);
            return;
        }

        if (question.IsForPosts)
        {
            _post.SendKnown(from, Told(group), isFirstHand: true, output);
            return;
        }

        if (group.PutOut.Contains(from) || !_mayJoin(from, question.Name))
        {
            _post.SendDenied(from, question.Name, DenialReason.NotAllowed, output);
            return;
        }

        // Whoever asks is in it no longer.
        group.Entry = group.Entry with { Members = [.. group.Entry.Members.Where(m => m.Id != from)] };
        var isMade = group.Creator is null && group.Entry.Members.Count > 0;
        var isStartedAnew = group.Creator is { } creator && creator.Id == from && creator.Life < sender.Life;
        if (!isMade && (group.Creator is null || isStartedAnew || now >= group.HeardAt + (_options.AskTimeout * 4)))
        {
            // It has not been made, or all have gone. Somebody may come yet, and one that was started anew may have made it
            // before: so this is another.
            group.Entry = group.Entry with { Id = DrawId() };
            group.Creator = sender;
            group.HeardAt = now;
            _witness.Serve(group.Entry.Id);
        }

        var isNew = group.LetIn(from);
        if (group.Creator?.Id == from)
        {
            SendCreate(from, group.Entry, output);
            return;
        }

        _post.SendKnown(from, Told(group), isFirstHand: true, output);
        if (isNew)
        {
            Speak(group, output);
        }
    }

    /// <summary>Has a group made of which nobody has told.</summary>
    private void Introduce(MemberLife sender, NameQuestion question, TimeSpan now, Output<RegisterEvent> output)
    {
        var from = sender.Id;
        if (question.IsForPosts || now < _learnsUntil)
        {
            _post.SendName(RegisterMessage.Unknown, from, question.Name, output);
        }
        else if (!_mayJoin(from, question.Name))
        {
            _post.SendDenied(from, question.Name, DenialReason.NotAllowed, output);
        }
        else if (_groups.Count >= _options.GroupsMax)
        {
            _post.SendDenied(from, question.Name, DenialReason.Full, output);
        }
        else
        {
            var entry = new GroupEntry(question.Name, DrawId(), question.Kind, question.Rule, _self, []);
            var group = new ServedGroup(entry, sender, now);
            group.LetIn(from);
            _groups.Add(question.Name, group);
            _witness.Serve(entry.Id);
            SendCreate(from, entry, output);
        }
    }

    private void SendCreate(ProcessId to, GroupEntry entry, Output<RegisterEvent> output)
    {
        RegisterWire.WriteEntry(_post.Begin(RegisterMessage.Create), entry with { Server = _self, Members = [] });
        _post.Send(to, output);
    }

    /// <summary>What others are told of a group: not all of its members.</summary>
    private GroupEntry Told(ServedGroup group) => group.Entry with
    {
        Server = _self,
        Members = group.Creator is { } creator
            ? [new GroupContact(creator.Id, default)]
            : [.. group.Entry.Members.Take(MembersTold)],
    };

    private void OnAnnounce(ProcessId from, GroupEntry entry, TimeSpan now, Output<RegisterEvent> output)
    {
        if (_ended.Contains(entry.Id))
        {
            _post.SendGroup(RegisterMessage.Ended, from, entry.Id, output);
            return;
        }

        if (!entry.Members.Any(m => m.Id == from))
        {
            Refusals.Count(RefusalReason.NotEntitled);
            return;
        }

        if (!_groups.TryGetValue(entry.Name, out var group))
        {
            if (_groups.Count >= _options.GroupsMax)
            {
                Refusals.Count(RefusalReason.OverLimit);
                return;
            }

            _groups.Add(entry.Name, group = new ServedGroup(entry, creator: null, now));
        }
        else if (group.Entry.Id != entry.Id && group.Creator is null && group.Entry.Id.CompareTo(entry.Id) < 0)
        {
            _post.SendKnown(from, Told(group), isFirstHand: true, output);
            return;
        }

        // Its own, one that was made without it, or one that stays since its id is lower.
        group.Entry = entry;
        group.Creator = null;
        group.HeardAt = now;
        _witness.Serve(entry.Id);
        foreach (var member in entry.Members)
        {
            group.LetIn(member.Id);
        }
    }

    private void OnEnd(
        ProcessId from, RegisterMessage kind, GroupId id, TimeSpan now, Output<RegisterEvent> output)
    {
        if (kind == RegisterMessage.EndedReceipt)
        {
            _ended.Acknowledge(id, from);
            return;
        }

        var group = _groups.Values.FirstOrDefault(g => g.Entry.Id == id);
        if (group is not null && (group.IsLetIn(from) || group.Entry.Members.Any(m => m.Id == from)))
        {
            // Members dissolve what is theirs: a group of peers, or one that had to go on as such, also after others have excluded them.
            _groups.Remove(group.Entry.Name);
            _ended.Add(id, group.Entry.Members.Select(m => m.Id).Where(m => m != from), now);
        }

        _post.SendGroup(RegisterMessage.EndedReceipt, from, id, output);
    }
}
