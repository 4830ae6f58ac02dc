namespace GridVolunteer.Groups.Hosting;

/// <content>Messages that wait for room, and what is seen to at the end of each step.</content>
public sealed partial class GroupNode
{
    private void Send(PendingSend send, TimeSpan now)
    {
        var first = send.Groups[0];
        if (send.Task.IsCompleted)
        {
            return;
        }

        if (first.Waiting.Count > 0 || !TrySend(send, now))
        {
            first.Waiting.Enqueue(send);
        }
    }

    /// <summary>Hands a message to the groups; false while there is no room.</summary>
    private bool TrySend(PendingSend send, TimeSpan now)
    {
        Span<GroupId> ids = send.Groups.Count <= 8 ? stackalloc GroupId[send.Groups.Count] : new GroupId[send.Groups.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            var group = send.Groups[i];
            if (group.Phase == GroupPhase.Over)
            {
                send.TrySetException(IsOver(group));
                return true;
            }

            ids[i] = group.Id;
        }

        try
        {
            var isSent = ids.Length == 1
                ? _host.Groups.TrySend(
                    ids, _host.Register.Wrap(ids[0], send.Payload), send.Delivery, now, _host.GroupsOutput)
                : TrySendToAll(ids, send, now);
            if (!isSent)
            {
                return false;
            }

            send.TrySetResult();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The sender's mistake, which is told to the sender.
            send.TrySetException(e);
        }

        return true;
    }

    /// <summary>What is open to all is wrapped, what is not is not: so each group has a payload of its own.</summary>
    private bool TrySendToAll(ReadOnlySpan<GroupId> ids, PendingSend send, TimeSpan now)
    {
        var payloads = new ReadOnlyMemory<byte>[ids.Length];
        for (var i = 0; i < payloads.Length; i++)
        {
            payloads[i] = _host.Register.Wrap(ids[i], send.Payload);
        }

        return _host.Groups.TrySend(ids, payloads, send.Delivery, now, _host.GroupsOutput);
    }

    private void OnStepEnds(TimeSpan now)
    {
        foreach (var group in _open)
        {
            while (group.Waiting.TryPeek(out var send) && (send.Task.IsCompleted || TrySend(send, now)))
            {
                group.Waiting.Dequeue();
            }
        }
    }

    private void OnFaulted(Exception fault)
    {
        foreach (var group in _open)
        {
            group.Phase = GroupPhase.Over;
            group.Joined.TrySetException(fault);
            group.Updates.Fail(fault);
            group.Over.TrySetException(fault);
            while (group.Waiting.TryDequeue(out var waiting))
            {
                waiting.TrySetException(fault);
            }
        }

        _lists.ForEach(l => l.TrySetException(fault));
        foreach (var post in _posts.Values)
        {
            post.TrySetException(fault);
        }
    }
}
