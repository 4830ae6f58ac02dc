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
        Span<GroupId> ids = stackalloc GroupId[send.Groups.Count];
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
            var payload = _host.Register.Wrap(ids[0], send.Payload);
            if (!_host.Groups.TrySend(ids, payload, send.Delivery, now, _host.GroupsOutput))
            {
                return false;
            }

            send.TrySetResult();
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            // The sender's mistake, which is told to the sender.
            send.TrySetException(e);
        }

        return true;
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
