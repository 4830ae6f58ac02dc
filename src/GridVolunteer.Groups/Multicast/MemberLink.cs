using GridVolunteer.Groups.FailureDetection;

namespace GridVolunteer.Groups.Multicast;

/// <summary>How it goes with one other member of a view.</summary>
internal sealed class MemberLink
{
    /// <summary>The time to it and back, its delay of receipts included.</summary>
    public RoundTripEstimate RoundTrip { get; } = new();

    /// <summary>True once something of this view has come from it: so it has installed the view.</summary>
    public bool IsHeard { get; set; }

    /// <summary>True while it is thought dead: nothing is repeated to it.</summary>
    public bool IsFailed { get; set; }

    /// <summary>When what it has not acknowledged is sent again.</summary>
    public TimeSpan ResendAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>How often that has been put off since it last acknowledged something.</summary>
    public int Doublings { get; set; }

    /// <summary>When a receipt is owed to it.</summary>
    public TimeSpan AckAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>How many of its messages that receipt covers.</summary>
    public int AcksOwed { get; set; }

    /// <summary>When what is missing of its messages is asked for.</summary>
    public TimeSpan NakAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>How often it was asked for in vain.</summary>
    public int NaksSent { get; set; }
}
