namespace GridVolunteer.Groups.Views;

/// <summary>An attempt at agreement that this member leads.</summary>
internal sealed class Attempt(Ballot ballot, int voters, TimeSpan now)
{
    private readonly bool[] _accepted = new bool[voters];

    public Ballot Ballot { get; } = ballot;

    public TimeSpan StartedAt { get; } = now;

    /// <summary>When what it waits for is asked for again.</summary>
    public TimeSpan RepeatAt { get; set; }

    /// <summary>When a majority had accepted.</summary>
    public TimeSpan? MajorityAt { get; set; }

    /// <summary>Promises by voter: the ranks, then the witness.</summary>
    public Promise?[] Promises { get; } = new Promise?[voters];

    /// <summary>What is proposed, once enough have promised.</summary>
    public Proposal? Proposal { get; set; }

    /// <summary>True when what is proposed was accepted by the witness in an attempt before.</summary>
    public bool IsVoted => Proposal is not null && Promises[^1] is { Accepted: not null } vote
        && vote.AcceptedBallot == Promises.Max(p => p?.Accepted is null ? default : p.AcceptedBallot);

    public int CountPromises() => Promises.Count(p => p is not null);

    public int CountAccepted() => _accepted.Count(a => a);

    public bool HasAccepted(int voter) => _accepted[voter];

    public void Accept(int voter) => _accepted[voter] = true;

    /// <summary>The accepted proposal of the highest ballot; null when nobody has accepted anything.</summary>
    public Proposal? ToAdopt() => Promises
        .Where(p => p?.Accepted is not null)
        .MaxBy(p => p!.AcceptedBallot)?.Accepted;
}
