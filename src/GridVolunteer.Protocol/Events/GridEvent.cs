using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Events;

/// <summary>
/// Something that happened, as the event stream tells it; units come as runs of one grant, never one by one.
/// </summary>
public sealed record GridEvent
{
    /// <summary>
    /// <c>job</c> (its state changed), <c>leased</c>, <c>validated</c>, <c>failed</c>, <c>lost</c> (a
    /// member's units are up for others), <c>reassigned</c> (units one member lost were validated by
    /// another), <c>peer</c> (its state changed) or <c>gap</c> (events were missed).
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The job concerned.</summary>
    public JobId? Job { get; init; }

    /// <summary>Its level: 0 for work units.</summary>
    public int Level { get; init; }

    /// <summary>The units concerned.</summary>
    public IReadOnlyList<UnitRun> Runs { get; init => field = value ?? []; } = [];

    /// <summary>The agent concerned: who leased, validated, failed or lost.</summary>
    public PeerId? Peer { get; init; }

    /// <summary>For <c>reassigned</c>: who had lost the units.</summary>
    public PeerId? From { get; init; }

    /// <summary>
    /// For <c>job</c> and <c>peer</c>: the new state. For <c>failed</c> and <c>lost</c>: why.
    /// </summary>
    public string? State { get; init; }
}
