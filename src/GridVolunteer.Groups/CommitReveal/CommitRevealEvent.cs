namespace GridVolunteer.Groups.CommitReveal;

/// <summary>What a round decided.</summary>
public abstract record CommitRevealEvent
{
    private CommitRevealEvent()
    {
    }

    /// <summary>Send this to the group, the own process included.</summary>
    /// <param name="Message">The bytes.</param>
    /// <param name="OrderedAndSafe">True: in total order, delivered only when every member is known to have
    /// it. False: reliable, in the sender's order.</param>
    public sealed record Say(ReadOnlyMemory<byte> Message, bool OrderedAndSafe) : CommitRevealEvent;

    /// <summary>The round is closed; the own commitment, if it is listed, is revealed with this.</summary>
    /// <param name="Listed">Those whose commitments count.</param>
    public sealed record Closed(IReadOnlyList<ProcessId> Listed) : CommitRevealEvent;

    /// <summary>A member's result is known, and was fixed before any was.</summary>
    /// <param name="Process">The member.</param>
    /// <param name="Digest">What it committed to.</param>
    public sealed record Revealed(ProcessId Process, Bytes32 Digest) : CommitRevealEvent;

    /// <summary>A member's result does not count.</summary>
    /// <param name="Process">The member.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Voided(ProcessId Process, VoidReason Reason) : CommitRevealEvent;

    /// <summary>Every member is revealed or void; the round is over.</summary>
    public sealed record Settled : CommitRevealEvent;

    /// <summary>
    /// No CLOSE came in time: the round is over here, and nothing was shown. The own result goes another way.
    /// </summary>
    public sealed record Abandoned : CommitRevealEvent;
}
