namespace GridVolunteer.Peer.Buffering;

/// <summary>Consecutive positions in a grant.</summary>
internal readonly record struct PositionRange(int Start, int Count)
{
    public int End => Start + Count;
}
