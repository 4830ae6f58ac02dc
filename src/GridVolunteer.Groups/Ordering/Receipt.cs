namespace GridVolunteer.Groups.Ordering;

/// <summary>Says something of all of a sender's frames up to one.</summary>
/// <param name="Rank">The sender's rank.</param>
/// <param name="UpTo">The number of the last of them.</param>
internal readonly record struct Receipt(int Rank, ulong UpTo);
