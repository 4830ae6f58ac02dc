namespace GridVolunteer.Protocol.Agents;

/// <summary>A page of peers.</summary>
/// <param name="Items">At most the limit asked for, by id.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page, or null at the end.</param>
public sealed record PeerPage(IReadOnlyList<PeerView> Items, string? Next = null);
