using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Register;

/// <content>Asking for a name, and for all names.</content>
public sealed partial class GroupRegister
{
    private const int YieldsMax = 8;

    private (TimeSpan AsksAt, TimeSpan EndsAt, HashSet<ProcessId> Waiting)? _listing;
    private readonly SortedDictionary<GroupId, GroupEntry> _listed = [];

    // Whoever has not been let in for so long asks whether the group it was told of is still there.
    private TimeSpan JoinDoubt => _options.AskTimeout * 4;

    /// <summary>
    /// Asks for a group by its name. <see cref="RegisterEvent.Found"/>, <see cref="RegisterEvent.Vacant"/> or
    /// <see cref="RegisterEvent.Denied"/> follows, at the latest after some times
    /// <see cref="RegisterOptions.AskTimeout"/>.
    /// </summary>
    /// <exception cref="ArgumentException">That is no name.</exception>
    public void Open(string name, GroupKind kind, GroupRule rule, TimeSpan now, Output<RegisterEvent> output)
    {
        if (!GroupNames.IsValid(name))
        {
            throw new ArgumentException(
                $"A name has 1 to {GroupNames.SizeBytesMax} bytes in UTF-8 and no control characters.", nameof(name));
        }

        now = Advance(now);
        Begin(new NameSearch(name, kind, rule), now);
        Work(now, output);
    }

    /// <summary>Asks for all groups; <see cref="RegisterEvent.Listed"/> follows.</summary>
    public void List(TimeSpan now, Output<RegisterEvent> output)
    {
        now = Advance(now);
        _listed.Clear();
        foreach (var own in _groups.Values.Where(g => g is { IsOver: false, View: not null }))
        {
            _listed[own.Entry.Id] = PresentEntry(own);
        }

        HashSet<ProcessId> asked = Server is { } server ? [server] : [.. Peers()];
        _listing = (now, now + _options.AskTimeout, asked);
        Work(now, output);
    }

    private void Begin(NameSearch search, TimeSpan now)
    {
        if (!search.IsForPosts)
        {
            // Whoever looks for members to post to can wait; who wants to be a member cannot.
            _searches.RemoveAll(s => s.Name == search.Name && s.IsForPosts);
        }

        if (!_searches.Exists(s => s.Name == search.Name))
        {
            search.AsksAt = now;
            search.EndsAt = now + _options.AskTimeout;
            _searches.Add(search);
        }
    }

    /// <summary>Processes that are known and not thought dead, but not the server.</summary>
    private IEnumerable<ProcessId> Peers() =>
        _known.Keys.Where(id => id != _server && !_failed.Contains(id)).Take(_options.PeersMax);

    private void SeeToSearches(TimeSpan now, Output<RegisterEvent> output)
    {
        foreach (var search in _searches.ToArray())
        {
            var server = search.IsServerSilent ? null : Server;
            ProcessId[] asked = server is { } s ? [s] : [.. Peers().Union(search.Hinted).Where(id => id != _self.Id)];
            var allIgnorant = server is null && asked.Length > 0 && asked.All(search.Ignorant.Contains);
            var isAlone = asked.Length == 0 && _options.MakesAtOnceWhenAlone;
            if (now >= search.EndsAt || allIgnorant || isAlone || _flaw == RegisterFlaw.NobodyIsAsked)
            {
                if (server is not null && _flaw != RegisterFlaw.NobodyIsAsked)
                {
                    search.IsServerSilent = true;
                    search.AsksAt = now;
                    search.EndsAt = now + _options.AskTimeout;
                    continue;
                }

                _searches.Remove(search);
                FindNobody(search, output);
            }
            else if (now >= search.AsksAt)
            {
                search.AsksAt = now + _options.AskRepeat;
                foreach (var to in asked.Where(id => !search.Ignorant.Contains(id)))
                {
                    Ask(to, search, output);
                }
            }
        }
    }

    private void Ask(ProcessId to, NameSearch search, Output<RegisterEvent> output)
    {
        var writer = _post.Begin(RegisterMessage.Ask);
        RegisterWire.WriteName(writer, search.Name);
        writer.WriteBoolean(search.Kind == GroupKind.Open);
        writer.WriteBoolean(search.Rule == GroupRule.Hierarchical);
        writer.WriteUInt128(search.Joining?.Value ?? 0);
        writer.WriteBoolean(search.IsForPosts);
        _post.Send(to, output);
    }

    private void FindNobody(NameSearch search, Output<RegisterEvent> output)
    {
        if (search.IsForPosts)
        {
            return;
        }

        if (search.Rule == GroupRule.Hierarchical)
        {
            if (search.Joining is null)
            {
                output.Emit(new RegisterEvent.Denied(search.Name, DenialReason.NoServer));
            }

            return;
        }

        Create(search, new GroupEntry(search.Name, DrawId(), search.Kind, search.Rule, Server: null, []), output);
    }

    private void Create(NameSearch search, GroupEntry entry, Output<RegisterEvent> output)
    {
        if (search.Joining is { } joining)
        {
            GiveWay(joining, entry, output);
        }
        else
        {
            output.Emit(new RegisterEvent.Vacant(entry));
        }
    }

    /// <summary>Somebody who is in the group, or keeps the register, has told of it.</summary>
    private void Find(NameSearch search, GroupEntry entry, Output<RegisterEvent> output)
    {
        _searches.Remove(search);
        if (search.IsForPosts)
        {
            if (_posts.Values.FirstOrDefault(p => p.Entry.Name == entry.Name) is { } posts)
            {
                posts.Entry = entry;
            }
        }
        else if (search.Kind != entry.Kind || search.Rule != entry.Rule)
        {
            if (search.Joining is null)
            {
                output.Emit(new RegisterEvent.Denied(search.Name, DenialReason.OtherKind));
            }
        }
        else if (search.Joining is not { } joining)
        {
            output.Emit(new RegisterEvent.Found(entry));
        }
        else if (joining != entry.Id || !KnowsMemberOf(entry))
        {
            GiveWay(joining, entry, output);
        }
    }

    private bool KnowsMemberOf(GroupEntry entry) =>
        _groups.TryGetValue(entry.Id, out var own)
        && own.Entry.Members.Any(m => entry.Members.Any(other => other.Id == m.Id));

    /// <summary>The other side of <see cref="Ask"/>, where there is no server.</summary>
    private void OnAsk(
        ProcessId from, string name, bool isForPosts, TimeSpan now, Output<RegisterEvent> output)
    {
        if (_groups.Values.FirstOrDefault(g => g.Entry.Name == name && g is { IsOver: false, View: not null }) is { } own)
        {
            _post.SendKnown(from, PresentEntry(own), isFirstHand: true, output);
            return;
        }

        if (_searches.Find(s => s.Name == name && !s.IsForPosts) is { } search && !isForPosts)
        {
            if (from.CompareTo(_self.Id) > 0)
            {
                // This process makes it, if nobody has it; the other goes on asking.
                return;
            }

            if (search.Yields++ < YieldsMax)
            {
                search.EndsAt = now + _options.AskTimeout;
                search.Ignorant.Remove(from);
            }
        }
        else if (FindHeard(name) is { } heard)
        {
            _post.SendKnown(from, heard, isFirstHand: false, output);
            return;
        }

        if (_groups.Values.FirstOrDefault(g => g.Entry.Name == name && !g.IsOver) is { } joining)
        {
            _post.SendKnown(from, joining.Entry, isFirstHand: false, output);
        }
        else
        {
            _post.SendName(RegisterMessage.Unknown, from, name, output);
        }
    }

    private void OnUnknown(ProcessId from, string name, TimeSpan now)
    {
        if (_searches.Find(s => s.Name == name) is not { } search)
        {
            return;
        }

        if (from != _server)
        {
            search.Ignorant.Add(from);
        }
        else if (!search.IsServerSilent && !search.IsForPosts)
        {
            // It has just begun, and waits for what members tell it.
            search.EndsAt = now + _options.AskTimeout;
        }
    }

    private void SeeToListing(TimeSpan now, Output<RegisterEvent> output)
    {
        if (_listing is not { } listing)
        {
            return;
        }

        if (now >= listing.EndsAt || listing.Waiting.Count == 0)
        {
            _listing = null;
            output.Emit(new RegisterEvent.Listed(
                [.. _listed.Values.OrderBy(e => e.Name, StringComparer.Ordinal).ThenBy(e => e.Id)]));
        }
        else if (now >= listing.AsksAt)
        {
            _listing = listing with { AsksAt = now + _options.AskRepeat };
            foreach (var to in listing.Waiting)
            {
                _post.Begin(RegisterMessage.AskAll);
                _post.Send(to, output);
            }
        }
    }

    private void OnListing(ProcessId from, GroupEntry[] entries, TimeSpan now, Output<RegisterEvent> output)
    {
        if (_listing is not { } listing || !listing.Waiting.Remove(from))
        {
            return;
        }

        foreach (var entry in entries.Where(e => !_ended.Contains(e.Id)))
        {
            if (_listed.Count < _options.GroupsMax)
            {
                _listed.TryAdd(entry.Id, entry);
            }
        }

        SeeToListing(now, output);
    }

    private GroupId DrawId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new GroupId(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }
}
