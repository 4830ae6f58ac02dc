namespace GridVolunteer.Peer.Buffering;

/// <summary>Consecutive positions in a grant.</summary>
/// <param name="Start">The first one.</param>
/// <param name="Count">How many.</param>
/// <param name="Suspect">Whether a worker died at one of them, so that they run one by one until it is known
/// which.</param>
internal readonly record struct PositionRange(int Start, int Count, bool Suspect)
{
    public int End => Start + Count;
}
