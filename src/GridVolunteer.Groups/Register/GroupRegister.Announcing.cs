using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Register;

/// <content>
/// Keeping groups known: who is in one tells so, two of one name come down to one, and those that were dissolved stay
/// dissolved.
/// </content>
public sealed partial class GroupRegister
{
    private const int MembersTold = 8;

    private readonly List<(GroupEntry Entry, TimeSpan Until)> _heard = [];

    /// <summary>
    /// Dissolves a group of peers that this process is in: all its members are told until they know.
    /// <see cref="RegisterEvent.Dissolved"/> follows here and at each. False, and nothing happens, when this process
    /// is not in it, or its coordinator alone may do that.
    /// </summary>
    public bool Dissolve(GroupId group, TimeSpan now, Output<RegisterEvent> output)
    {
        if (!_groups.TryGetValue(group, out var own) || own.View is not { Rule: GroupRule.Peers })
        {
            return false;
        }

        now = Advance(now);
        if (_flaw == RegisterFlaw.EndIsToldOnce)
        {
            foreach (var id in own.View.Ids)
            {
                _post.SendGroup(RegisterMessage.Ended, id, group, output);
            }
        }

        End(own, now, output);
        Work(now, output);
        return true;
    }

    /// <summary>A group as it is now, with this process first among its members.</summary>
    private GroupEntry PresentEntry(OwnGroup own, int members = MembersTold) =>
        own.Entry with
        {
            Server = own.View!.Witness ?? own.Entry.Server,
            Members = [.. own.View.Ids.OrderBy(id => id == _self.Id ? 0 : 1).Take(members).Select(ContactOf)],
        };

    private GroupContact ContactOf(ProcessId id) => new(id, _known.GetValueOrDefault(id));

    private GroupEntry? FindHeard(string name) => _heard.Find(h => h.Entry.Name == name && h.Until > _last).Entry;

    private void SeeToGroups(TimeSpan now, Output<RegisterEvent> output)
    {
        foreach (var own in _groups.Values.Where(g => !g.IsOver && now >= g.SpeaksAt).ToArray())
        {
            if (own.View is null)
            {
                own.SpeaksAt = now + JoinDoubt;
                Begin(
                    new NameSearch(own.Entry.Name, own.Entry.Kind, own.Entry.Rule) { Joining = own.Entry.Id }, now);
                continue;
            }

            own.SpeaksAt = now + _options.AnnounceInterval;
            Announce(own, own.View, output);
        }

        ReleaseReceipts(output);
    }

    private void Announce(OwnGroup own, View view, Output<RegisterEvent> output)
    {
        var others = view.Ids.Where(id => id != _self.Id).ToArray();
        if (view.Ids.First(id => id == _self.Id || !_failed.Contains(id)) != _self.Id)
        {
            // One of the others, by turns: it may know that the group is over.
            WriteAnnouncement(PresentEntry(own));
            _post.Send(others[_random.Next(others.Length)], output);
            return;
        }

        if (Server is { } server)
        {
            WriteAnnouncement(PresentEntry(own, View.MembersMax));
            _post.Send(server, output);
        }
        else
        {
            foreach (var to in Peers().Except(others))
            {
                WriteAnnouncement(PresentEntry(own));
                _post.Send(to, output);
            }
        }
    }

    private void WriteAnnouncement(GroupEntry entry) =>
        RegisterWire.WriteEntry(_post.Begin(RegisterMessage.Announce), entry);

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

        _heard.RemoveAll(h => h.Until <= now || h.Entry.Id == entry.Id);
        if (_heard.Count < _options.GroupsMax)
        {
            _heard.Add((entry, now + _options.EntryLasts));
        }

        if (_searches.Find(s => s.Name == entry.Name) is { } search)
        {
            Find(search, entry, output);
        }

        Compare(from, entry, isAnswer: false, output);
    }

    private void OnKnown(
        ProcessId from, GroupEntry entry, bool isFirstHand, Output<RegisterEvent> output)
    {
        if (_ended.Contains(entry.Id))
        {
            _post.SendGroup(RegisterMessage.Ended, from, entry.Id, output);
            return;
        }

        // First hand is who is in the group itself, and who keeps the register.
        isFirstHand = isFirstHand && (from == _server || entry.Members.Any(m => m.Id == from));
        if (_searches.Find(s => s.Name == entry.Name) is { } search)
        {
            if (isFirstHand)
            {
                Find(search, entry, output);
            }
            else
            {
                search.Ignorant.Add(from);
                search.Hinted.UnionWith(entry.Members.Take(MembersTold).Select(m => m.Id));
            }
        }

        // What one of the same group passes on counts too: it has it at first hand.
        if (isFirstHand || _groups.Values.Any(g => g.Entry.Name == entry.Name && g.View?.Ids.Contains(from) == true))
        {
            Compare(from, entry, isAnswer: true, output);
        }
    }

    /// <summary>Of two groups of one name the one with the higher id gives way.</summary>
    private void Compare(ProcessId from, GroupEntry entry, bool isAnswer, Output<RegisterEvent> output)
    {
        var rivals = _groups.Values
            .Where(g => g is { IsOver: false, View: not null } && g.Entry.Name == entry.Name && g.Entry.Id != entry.Id);
        foreach (var own in rivals.ToArray())
        {
            if (entry.Id.CompareTo(own.Entry.Id) > 0)
            {
                if (!isAnswer)
                {
                    _post.SendKnown(from, PresentEntry(own), isFirstHand: true, output);
                }

                continue;
            }

            if (_flaw == RegisterFlaw.NoOneGivesWay)
            {
                return;
            }

            foreach (var fellow in own.View!.Ids.Where(id => id != _self.Id && id != from))
            {
                _post.SendKnown(fellow, entry, isFirstHand: false, output);
            }

            GiveWay(own.Entry.Id, entry, output);
        }
    }

    private void GiveWay(GroupId group, GroupEntry by, Output<RegisterEvent> output)
    {
        if (_groups.TryGetValue(group, out var own) && !own.IsOver)
        {
            own.IsOver = true;
            output.Emit(new RegisterEvent.Superseded(group, by));
        }
    }

    private void OnEnded(ProcessId from, GroupId group, TimeSpan now, Output<RegisterEvent> output)
    {
        if (_groups.TryGetValue(group, out var own) && !own.IsOver)
        {
            // One that the others have excluded since may have ended the group while it was a member, in a minority say.
            var isFellow = own.HasBeenIn(from);
            var isServer = from == _server || from == own.Entry.Server?.Id;
            if (!isServer && (!isFellow || own.View?.Rule == GroupRule.Hierarchical))
            {
                Refusals.Count(RefusalReason.NotEntitled);
                if (isFellow && Server is { } server && own.View is not null)
                {
                    // It is the coordinator's to say; perhaps it has said so, before this process was a member.
                    WriteAnnouncement(PresentEntry(own, View.MembersMax));
                    _post.Send(server, output);
                }

                return;
            }

            End(own, now, output);
        }

        _heard.RemoveAll(h => h.Entry.Id == group && h.Entry.Members.Any(m => m.Id == from));
        _ended.Acknowledge(group, from);
        _post.SendGroup(RegisterMessage.EndedReceipt, from, group, output);
    }

    private void End(OwnGroup own, TimeSpan now, Output<RegisterEvent> output)
    {
        own.IsOver = true;
        var told = (own.View?.Ids ?? []).Where(id => id != _self.Id).ToHashSet();
        if (_server is { } server)
        {
            told.Add(server);
        }

        if (_flaw != RegisterFlaw.EndIsToldOnce)
        {
            _ended.Add(own.Entry.Id, told, now);
        }

        output.Emit(new RegisterEvent.Dissolved(own.Entry.Id));
    }
}
