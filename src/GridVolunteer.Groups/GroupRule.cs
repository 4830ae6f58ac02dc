namespace GridVolunteer.Groups;

/// <summary>Who decides on who is in a group.</summary>
public enum GroupRule : byte
{
    /// <summary>All members alike, by agreement: whoever asks is let in.</summary>
    Peers = 0,

    /// <summary>
    /// A coordinator: it lets in, puts out, dissolves, and votes along in tiny and even views. While it is lost the
    /// members go on as peers, and every one of them is told so by a view.
    /// </summary>
    Hierarchical = 1,
}
