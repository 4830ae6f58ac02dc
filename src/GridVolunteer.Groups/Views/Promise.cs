namespace GridVolunteer.Groups.Views;

/// <summary>What a voter answers to PREPARE.</summary>
/// <param name="Held">For each rank, the number up to which it holds everything; empty from a witness.</param>
/// <param name="AcceptedBallot">The last ballot it has accepted something in.</param>
/// <param name="Accepted">What that was; null when it has accepted nothing.</param>
internal sealed record Promise(ulong[] Held, Ballot AcceptedBallot, Proposal? Accepted);
