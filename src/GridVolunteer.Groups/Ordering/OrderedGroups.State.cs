using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <content>The state of a group, for those who join.</content>
public sealed partial class OrderedGroups
{
    private static readonly TimeSpan StateRepeat = TimeSpan.FromMilliseconds(500);

    private readonly OrderingPost _post;

    /// <summary>Hands in the state that <see cref="OrderedEvent.StateWanted"/> asked for.</summary>
    /// <param name="group">The group.</param>
    /// <param name="view">The number the event named.</param>
    /// <param name="state">The state; it is not copied, so must not change.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    /// <exception cref="ArgumentException">The state is too long.</exception>
    public void ProvideState(
        GroupId group, ulong view, ReadOnlyMemory<byte> state, TimeSpan now, Output<OrderedEvent> output)
    {
        if (!_groups.TryGetValue(group, out var asked) || asked.IsOut)
        {
            return;
        }

        if (state.Length > asked.Options.StateSizeBytesMax)
        {
            throw new ArgumentException(
                $"A state has at most {asked.Options.StateSizeBytesMax} bytes; this one has {state.Length}.",
                nameof(state));
        }

        now = Begin(now);
        asked.State.Give(view, state);
        Advance(now, output);
    }

    /// <summary>The first member sends a state unasked, once it is sure.</summary>
    private void OfferState(OrderedGroup group, Output<OrderedEvent> output)
    {
        while (group.State.Kept > 0 && group.State.NextToOffer() is { } given)
        {
            if (group.Current!.View.Members[0] == group.Member.Self)
            {
                foreach (var joiner in given.Waiting)
                {
                    _post.SendState(group, joiner.Id, given.View.Number, given.State, output);
                }
            }
        }
    }

    private void AskForState(OrderedGroup group, TimeSpan now, Output<OrderedEvent> output)
    {
        if (group.State.Providers.Count == 0)
        {
            // Nobody who has it is left.
            group.State.AskAt = TimeSpan.MaxValue;
            Advance(now, output);
            return;
        }

        var provider = group.State.Providers[group.State.Asked++ % group.State.Providers.Count];
        group.State.AskAt = now + StateRepeat;
        _post.Send(group, OrderingMessage.StateRequest, provider.Id, group.State.JoinedBy, output);
    }

    private void ReceiveState(
        OrderedGroup group,
        ProcessId from,
        OrderingMessage kind,
        ref WireReader body,
        TimeSpan now,
        Output<OrderedEvent> output)
    {
        var view = body.ReadVarint();
        var sender = new MemberLife(from, body.ReadVarint());
        var state = kind == OrderingMessage.State ? body.ReadBytes(group.Options.StateSizeBytesMax) : default;
        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
        }
        else if (group.IsOut || group.Current is not { } current || current.View.RankOf(sender) < 0)
        {
            Refusals.Count(RefusalReason.NotEntitled);
        }
        else if (kind == OrderingMessage.StateRequest)
        {
            if (group.State.For(view, sender) is { } kept)
            {
                _post.SendState(group, from, view, kept, output);
            }
        }
        else if (kind != OrderingMessage.State)
        {
            Refusals.Count(RefusalReason.UnknownKind);
        }
        else if (group.State.Take(view, state))
        {
            Advance(now, output);
        }
    }
}
