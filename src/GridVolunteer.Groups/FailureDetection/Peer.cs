namespace GridVolunteer.Groups.FailureDetection;

/// <summary>What the detector keeps of one other process.</summary>
internal sealed class Peer(ProcessId id, ReadOnlyMemory<byte> contact)
{
    public ProcessId Id { get; } = id;

    public ReadOnlyMemory<byte> Contact { get; set; } = contact;

    public Incarnation Incarnation { get; set; }

    public MemberStatus Status { get; set; }

    /// <summary>Who accused it last: claims about it are passed on in that name.</summary>
    public ProcessId Accuser { get; set; }

    /// <summary>While it is suspected.</summary>
    public Suspicion? Suspicion { get; set; }

    /// <summary>When it is pinged with the accusation, while it is suspected.</summary>
    public TimeSpan RemindAt { get; set; }

    /// <summary>Once it has left.</summary>
    public ReadOnlyMemory<byte> GoodbyeSignature { get; set; }

    /// <summary>When it is tried again, while it is dead.</summary>
    public TimeSpan RetryAt { get; set; } = TimeSpan.MaxValue;

    public RoundTripEstimate RoundTrip { get; } = new();

    /// <summary>True when it may be probed and gossiped to.</summary>
    public bool IsPresent => Status is MemberStatus.Alive or MemberStatus.Suspect;

    /// <summary>When something is to be done about it by itself.</summary>
    public TimeSpan Due => Suspicion?.Deadline ?? RetryAt;

    /// <summary>What is known of it, to be told to others.</summary>
    public MemberClaim Claim() => new(
        Id,
        Incarnation,
        Status,
        Status is MemberStatus.Alive or MemberStatus.Left ? Id : Accuser,
        Status switch
        {
            MemberStatus.Alive => Contact,
            MemberStatus.Left => GoodbyeSignature,
            _ => default,
        });

    public Member ToMember() => new(Id, Incarnation, Status, Contact, RoundTrip.Smoothed);
}
