using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Transports;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Hosting;

/// <content>What happens to the groups; all of it between the steps of the protocols.</content>
public sealed partial class GroupNode
{
    internal const ulong LivesPerBoot = 1 << 16;
    private const ulong LivesPerJoin = 1_000;

    /// <summary>Hands in a group's state as of the view, for those who join with it.</summary>
    internal void Provide(GroupId id, ulong view, ReadOnlyMemory<byte> state) => _host.Post(now =>
    {
        if (_byId.ContainsKey(id))
        {
            _host.Groups.ProvideState(id, view, _host.Register.WrapState(id, state), now, _host.GroupsOutput);
        }
    });

    internal Task LeaveAsync(Group group, CancellationToken cancellationToken)
    {
        _host.Post(now =>
        {
            switch (group.Phase)
            {
                case GroupPhase.Searching:
                    End(group, GroupEnd.Left);
                    break;
                case GroupPhase.Stalled:
                case GroupPhase.In when group.View!.Members.Count == 1:
                    GoWithoutTheOthers(group, now);
                    break;
                case GroupPhase.Entering or GroupPhase.In:
                    group.Phase = GroupPhase.Leaving;
                    _host.Groups.Leave(group.Id, now, _host.GroupsOutput);
                    break;
            }
        });
        return group.Over.Task.WaitAsync(cancellationToken);
    }

    internal async Task DissolveAsync(Group group, CancellationToken cancellationToken)
    {
        var isAllowed = await _host.AskAsync(now => group.Phase == GroupPhase.Over
            || _host.Register.Dissolve(group.Id, now, _host.RegisterOutput));
        if (!isAllowed)
        {
            throw new InvalidOperationException(
                $"The group '{group.Name}' has no view here yet, or its coordinator alone may dissolve it.");
        }

        await group.Over.Task.WaitAsync(cancellationToken);
    }

    private bool Search(Group group, TimeSpan now)
    {
        RequireNew(group);
        _host.Register.Open(group.Name, group.Kind, group.Options.Rule, now, _host.RegisterOutput);
        Add(group);
        return true;
    }

    private bool JoinKnown(Group group, GroupEntry entry, TimeSpan now)
    {
        RequireNew(group);
        Add(group);
        JoinOrCreate(group, entry, now);
        return true;
    }

    private void RequireNew(Group group)
    {
        if (_groups.Exists(g => g.Name == group.Name))
        {
            throw new InvalidOperationException($"This process is in '{group.Name}', or joins it, already.");
        }
    }

    private void Add(Group group)
    {
        _groups.Add(group);
        _open = [.. _groups];
    }

    private void GiveUp(Group group, TimeSpan now, CancellationToken cancellationToken)
    {
        if (!group.Joined.Task.IsCompleted && group.Phase != GroupPhase.Over)
        {
            if (group.Phase != GroupPhase.Searching)
            {
                _host.Groups.Leave(group.Id, now, _host.GroupsOutput);
            }

            group.Joined.TrySetCanceled(cancellationToken);
            End(group, GroupEnd.Left);
        }
    }

    /// <summary>Leaves where nobody can, or need, agree to a view without this process.</summary>
    private void GoWithoutTheOthers(Group group, TimeSpan now)
    {
        var id = group.Id;
        End(group, GroupEnd.Left);
        _host.Groups.Dissolve(id, now, _host.GroupsOutput);
    }

    private void OnRegister(RegisterEvent happened, TimeSpan now)
    {
        switch (happened)
        {
            case RegisterEvent.Vacant vacant when Searching(vacant.Entry.Name) is { } group:
                JoinOrCreate(group, vacant.Entry with { Members = [] }, now);
                break;
            case RegisterEvent.Found found when Searching(found.Entry.Name) is { } group:
                JoinOrCreate(group, found.Entry, now);
                break;
            case RegisterEvent.Denied denied when Searching(denied.Name) is { } group:
                group.Joined.TrySetException(new GroupDeniedException(denied.Name, denied.Reason));
                End(group, GroupEnd.Left);
                break;
            case RegisterEvent.Superseded superseded when _byId.TryGetValue(superseded.Group, out var group):
                if (group.Phase == GroupPhase.Leaving)
                {
                    GoWithoutTheOthers(group, now);
                }
                else
                {
                    Move(group, superseded.By, now);
                }

                break;
            case RegisterEvent.Dissolved dissolved when _byId.ContainsKey(dissolved.Group):
                _host.Groups.Dissolve(dissolved.Group, now, _host.GroupsOutput);
                break;
            case RegisterEvent.Listed listed:
                _lists.ForEach(l => l.TrySetResult(listed.Entries));
                _lists.Clear();
                break;
            case RegisterEvent.Posted posted:
                _host.Groups.TrySend([posted.Group], posted.Message, Delivery.Fifo, now, _host.GroupsOutput);
                break;
            case RegisterEvent.PostEnded ended when _posts.Remove(ended.Number, out var post):
                post.TrySetResult(ended.IsDelivered);
                break;
        }
    }

    private void List(TaskCompletionSource<IReadOnlyList<GroupEntry>> answer, TimeSpan now)
    {
        _lists.Add(answer);
        if (_lists.Count == 1)
        {
            _host.Register.List(now, _host.RegisterOutput);
        }
    }

    /// <summary>Ends this group's history here, and goes over to another group of its name.</summary>
    private void Move(Group group, GroupEntry to, TimeSpan now)
    {
        var former = group.Id;
        if (group.View is not null && !Tell(group, new GroupUpdate.Interrupted(GroupInterruption.Superseded), now))
        {
            return;
        }

        Exit(group);
        _host.Groups.Dissolve(former, now, _host.GroupsOutput);
        JoinOrCreate(group, to, now);
    }

    private Group? Searching(string name) =>
        _groups.Find(g => g.Name == name && g.Phase == GroupPhase.Searching);

    private void JoinOrCreate(Group group, GroupEntry entry, TimeSpan now)
    {
        group.Id = entry.Id;
        group.Phase = GroupPhase.Entering;
        _byId[entry.Id] = group;
        _host.Register.Entered(entry);
        foreach (var member in entry.Members)
        {
            _host.Know(member.Id, member.Address, now);
        }

        var options = group.Options.Group with { Rule = entry.Rule };
        group.Contacts = [.. entry.Members.Select(m => m.Id).Where(id => id != Id)];
        if (group.Contacts.Count > 0)
        {
            _host.Groups.Join(
                group.Id, NextLife(), group.Contacts, options, now, _host.GroupsOutput);
        }
        else
        {
            _host.Groups.Create(
                group.Id, NextLife(), options, entry.Server, now, _host.GroupsOutput);
        }
    }

    private void Exit(Group group)
    {
        _byId.Remove(group.Id);
        _host.Register.Exited(group.Id);
        group.View = null;
        group.Members = [];
    }

    private void End(Group group, GroupEnd reason)
    {
        if (group.Phase == GroupPhase.Over)
        {
            return;
        }

        Exit(group);
        group.Phase = GroupPhase.Over;
        _groups.Remove(group);
        _open = [.. _groups];
        group.Joined.TrySetException(IsOver(group));
        group.Updates.Complete(new GroupUpdate.Ended(reason));
        group.Over.TrySetResult();
        while (group.Waiting.TryDequeue(out var waiting))
        {
            waiting.TrySetException(IsOver(group));
        }
    }

    private void OnOrdered(OrderedEvent happened, TimeSpan now)
    {
        if (!_byId.TryGetValue(happened.Group, out var group))
        {
            return;
        }

        switch (happened)
        {
            case OrderedEvent.Message message:
                OnMessage(group, message, now);
                break;
            case OrderedEvent.ViewInstalled installed:
                OnView(group, installed, now);
                break;
            case OrderedEvent.StateWanted wanted when group.Options.ProvideState is not null:
                group.Updates.TryAdd(new QueuedUpdate(Update: null, (group.Id, wanted.View)));
                break;
            case OrderedEvent.Stalled when group.Phase == GroupPhase.Leaving:
                GoWithoutTheOthers(group, now);
                break;
            case OrderedEvent.Stalled stalled:
                group.Phase = GroupPhase.Stalled;
                Tell(group, new GroupUpdate.Stalled(stalled.View), now);
                break;
            case OrderedEvent.Excluded when group.Options.RejoinsWhenExcluded:
                if (Tell(group, new GroupUpdate.Interrupted(GroupInterruption.Excluded), now))
                {
                    group.Phase = GroupPhase.Entering;
                    group.View = null;
                    _host.Groups.Join(
                        group.Id, NextLife(), group.Contacts, group.Options.Group, now, _host.GroupsOutput);
                }

                break;
            case OrderedEvent.Excluded:
                End(group, GroupEnd.Excluded);
                break;
            case OrderedEvent.Left:
                End(group, GroupEnd.Left);
                break;
            case OrderedEvent.Dissolved:
                End(group, GroupEnd.Dissolved);
                break;
        }
    }

    private void OnMessage(Group group, OrderedEvent.Message message, TimeSpan now)
    {
        if (!_host.Register.TryUnwrap(group.Id, message.Payload, out var opened))
        {
            return;
        }

        var isFromMember = opened.Author is null;
        Tell(
            group,
            new GroupUpdate.Message(
                isFromMember ? message.Sender.Id : opened.Author!.Value.Id, opened.Payload, message.Delivery, message.View)
            { IsFromMember = isFromMember, Order = message.Order, Time = message.Time },
            now);
    }

    private void OnView(Group group, OrderedEvent.ViewInstalled installed, TimeSpan now)
    {
        _host.Register.Installed(group.Id, installed.View);
        group.View = installed.View;
        group.Contacts = [.. installed.View.Ids.Where(id => id != Id)];
        group.Members = [.. installed.View.Ids.Select(PeerOf)];
        group.Phase = group.Phase == GroupPhase.Leaving ? GroupPhase.Leaving : GroupPhase.In;
        Tell(
            group,
            new GroupUpdate.ViewChanged(
                installed.View,
                [.. installed.Joined.Select(m => m.Id)],
                [.. installed.Gone.Select(m => m.Id)],
                installed.State is { } state
                    ? _host.Register.UnwrapState(group.Id, state)
                    : (ReadOnlyMemory<byte>?)null),
            now);
        group.Joined.TrySetResult(group);
    }

    /// <summary>Tells the reader; false when that was too much for it, so that the group is over here.</summary>
    private bool Tell(Group group, GroupUpdate update, TimeSpan now)
    {
        if (group.Updates.TryAdd(new QueuedUpdate(update, StateWantedOf: null)))
        {
            return true;
        }

        var id = group.Id;
        End(group, GroupEnd.FellBehind);
        _host.Groups.Leave(id, now, _host.GroupsOutput);
        return false;
    }

    private void OnMembership(MembershipEvent happened, TimeSpan now)
    {
        if (happened.Change is MembershipChange.Joined or MembershipChange.Returned)
        {
            _hasMet.TrySetResult();
        }

        _peers = [.. _host.Detector.Members.Where(m => m.Status is MemberStatus.Alive or MemberStatus.Suspect)
            .Select(m => PeerOf(m.Id))];
        _options.MembershipChanged?.Invoke(happened);
    }

    private GroupPeer PeerOf(ProcessId id) =>
        id == Id ? new GroupPeer(id, EndPoint)
        : _host.Detector.Find(id) is { } member && ContactBytes.TryRead(member.Contact.Span, out var endPoint)
            ? new GroupPeer(id, endPoint)
            : new GroupPeer(id, EndPoint: null);

    private ulong NextLife() => (_host.Boot * LivesPerBoot) + (_joins++ * LivesPerJoin) + 1;

    private static InvalidOperationException IsOver(Group group) =>
        new($"This process is in the group '{group.Name}' no longer.");
}
