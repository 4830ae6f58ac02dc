namespace GridVolunteer.Workloads.ProteinSearch.Hits;

/// <summary>A sequence of the database that a query matches.</summary>
/// <param name="Target">The sequence's name.</param>
/// <param name="Place">Its place in the database, from 0: the earlier of two equal scores comes
/// first.</param>
/// <param name="Score">The alignment's score, more than 0.</param>
public sealed record Hit(string Target, int Place, int Score) : IComparable<Hit>
{
    /// <summary>The better hit comes first.</summary>
    public int CompareTo(Hit? other) =>
        other is null ? -1
        : Score != other.Score ? other.Score.CompareTo(Score)
        : Place.CompareTo(other.Place);
}
