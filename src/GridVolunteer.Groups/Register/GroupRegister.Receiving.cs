using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Register;

/// <content>Reading messages: each wholly, before anything follows from it.</content>
public sealed partial class GroupRegister
{
    /// <inheritdoc/>
    public void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<RegisterEvent> output)
    {
        now = Advance(now);
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
        MemberLife from, RegisterMessage kind, ref WireReader body, TimeSpan now, Output<RegisterEvent> output)
    {
        switch (kind)
        {
            case RegisterMessage.Ask:
                var ask = NameQuestion.Read(ref body);
                if (!body.Failed)
                {
                    OnAsk(from.Id, ask.Name, ask.IsForPosts, now, output);
                }

                break;
            case RegisterMessage.Known or RegisterMessage.Create or RegisterMessage.Announce:
                ReadEntry(from.Id, kind, ref body, now, output);
                break;
            case RegisterMessage.Unknown or RegisterMessage.Denied:
                ReadName(from.Id, kind, ref body, now, output);
                break;
            case RegisterMessage.Ended or RegisterMessage.EndedReceipt:
                ReadEnd(from.Id, kind, ref body, now, output);
                break;
            case RegisterMessage.AskAll:
                _post.SendEntries(
                    from.Id,
                    _groups.Values.Where(g => g is { IsOver: false, View: not null }).Select(g => PresentEntry(g))
                        .Concat(_heard.Where(h => h.Until > now && !_ended.Contains(h.Entry.Id)).Select(h => h.Entry)),
                    output);
                break;
            case RegisterMessage.Listing:
                var entries = RegisterWire.ReadEntries(ref body, _options.GroupsMax * 2);
                if (!body.Failed)
                {
                    OnListing(from.Id, entries, now, output);
                }

                break;
            case RegisterMessage.Post or RegisterMessage.PostReceipt:
                ReadPost(from, kind, ref body, now, output);
                break;
            default:
                Refusals.Count(RefusalReason.UnknownKind);
                break;
        }
    }

    private void ReadEntry(
        ProcessId from, RegisterMessage kind, ref WireReader body, TimeSpan now, Output<RegisterEvent> output)
    {
        var entry = RegisterWire.ReadEntry(ref body);
        var isFirstHand = kind == RegisterMessage.Known && body.ReadBoolean();
        if (body.Failed)
        {
            return;
        }

        if (kind == RegisterMessage.Announce)
        {
            OnAnnounce(from, entry, now, output);
        }
        else if (kind == RegisterMessage.Known)
        {
            OnKnown(from, entry, isFirstHand, output);
        }
        else if (from != _server)
        {
            Refusals.Count(RefusalReason.NotEntitled);
        }
        else if (_searches.Find(s => s.Name == entry.Name && !s.IsForPosts) is { } search)
        {
            _searches.Remove(search);
            Create(search, entry with { Members = [] }, output);
        }
    }

    private void ReadName(
        ProcessId from, RegisterMessage kind, ref WireReader body, TimeSpan now, Output<RegisterEvent> output)
    {
        var name = RegisterWire.ReadName(ref body);
        if (kind == RegisterMessage.Unknown)
        {
            if (!body.Failed)
            {
                OnUnknown(from, name, now);
            }

            return;
        }

        var reason = (DenialReason)body.ReadNumber((int)DenialReason.NoServer);
        if (body.Failed)
        {
            return;
        }

        if (from != _server)
        {
            Refusals.Count(RefusalReason.NotEntitled);
        }
        else if (_searches.Find(s => s.Name == name) is { } search)
        {
            _searches.Remove(search);
            if (search is { IsForPosts: false, Joining: null })
            {
                output.Emit(new RegisterEvent.Denied(name, reason));
            }
        }
    }

    private void ReadEnd(
        ProcessId from, RegisterMessage kind, ref WireReader body, TimeSpan now, Output<RegisterEvent> output)
    {
        var group = new GroupId(body.ReadUInt128());
        if (body.Failed)
        {
            return;
        }

        if (kind == RegisterMessage.Ended)
        {
            OnEnded(from, group, now, output);
        }
        else
        {
            _ended.Acknowledge(group, from);
        }
    }

    private void ReadPost(
        MemberLife from, RegisterMessage kind, ref WireReader body, TimeSpan now, Output<RegisterEvent> output)
    {
        var group = new GroupId(body.ReadUInt128());
        var number = body.ReadVarint();
        if (kind == RegisterMessage.Post)
        {
            var payload = body.ReadBytes(_options.PostSizeBytesMax);
            if (!body.Failed && number > 0)
            {
                OnPost(from, group, number, payload, now, output);
            }

            return;
        }

        var outcome = (PostOutcome)body.ReadNumber((int)PostOutcome.Closed);
        if (!body.Failed)
        {
            OnPostReceipt(from.Id, group, number, outcome, now, output);
        }
    }
}
