namespace GridVolunteer.EndToEnd.Trouble;

/// <summary>The sum of some units' indexes, how many there were, and perhaps far too much beside.</summary>
public sealed record TroubleSum(long Sum, long Units, string Ballast = "");
