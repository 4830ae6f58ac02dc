namespace GridVolunteer.Groups.FailureDetection;

/// <summary>This process's own goodbye, repeated until everybody present has acknowledged it.</summary>
/// <param name="claim">What is said.</param>
/// <param name="waiting">Those who are to hear it.</param>
/// <param name="endsAt">When to stop waiting for those who are present.</param>
/// <param name="deadUntil">When to stop waiting for those who are thought dead.</param>
internal sealed class Goodbye(MemberClaim claim, List<ProcessId> waiting, TimeSpan endsAt, TimeSpan deadUntil)
{
    public MemberClaim Claim { get; } = claim;

    public List<ProcessId> Waiting { get; } = waiting;

    public TimeSpan EndsAt { get; } = endsAt;

    public TimeSpan DeadUntil { get; } = deadUntil;

    /// <summary>When it is repeated.</summary>
    public TimeSpan RepeatAt { get; set; }

    /// <summary>True once the host has been told that it may stop.</summary>
    public bool IsDone { get; set; }
}
