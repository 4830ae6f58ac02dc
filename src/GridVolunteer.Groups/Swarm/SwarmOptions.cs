namespace GridVolunteer.Groups.Swarm;

/// <summary>How blobs are fetched and shared.</summary>
public sealed record SwarmOptions
{
    /// <summary>Most bytes of a proof; 64 levels of a tree of SHA-256.</summary>
    public const int ProofSizeBytesMax = 2_048;

    /// <summary>The defaults.</summary>
    public static SwarmOptions Default { get; } = new();

    /// <summary>
    /// Pieces that are picked at random before the rarest are. Default 4; at least 0. The first should come
    /// soon, so that there is something to share; rare ones are slow.
    /// </summary>
    public int RandomPieces { get; init; } = 4;

    /// <summary>Blocks asked of one peer at once. Default 8; 1 to 64.</summary>
    public int RequestsPerPeer { get; init; } = 8;

    /// <summary>
    /// Further peers that are asked for a block when all that are missing have been asked for. Default 2; 0
    /// to 8.
    /// </summary>
    public int EndgameExtra { get; init; } = 2;

    /// <summary>How long a request or question may go without an answer. Default 10 s; above 0.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a peer that did not answer is left alone at first; twice as long each time. Default 2 s;
    /// above 0.
    /// </summary>
    public TimeSpan PauseMin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long it is left alone at most, and one that declined always. Default 60 s; at least
    /// <see cref="PauseMin"/>.
    /// </summary>
    public TimeSpan PauseMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Peers known for one blob. Default 64; at least 1.</summary>
    public int PeersPerBlobMax { get; init; } = 64;

    /// <summary>Blobs that are fetched or shared. Default 4,096; at least 1.</summary>
    public int BlobsMax { get; init; } = 4_096;

    /// <summary>Blocks that may wait for one peer here. Default 64; at least 1.</summary>
    public int WaitingPerPeer { get; init; } = 64;

    /// <summary>How long a slot is kept for a peer that asks for nothing. Default 3 s; above 0.</summary>
    public TimeSpan SlotIdleMax { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long a peer keeps a slot while others were turned away. Default 30 s; above 0.
    /// </summary>
    public TimeSpan SlotTenure { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Every fault of these options, in words; empty when there is none.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        Require(RandomPieces >= 0, "RandomPieces must be at least 0.");
        Require(RequestsPerPeer is >= 1 and <= 64, "RequestsPerPeer must be 1 to 64.");
        Require(EndgameExtra is >= 0 and <= 8, "EndgameExtra must be 0 to 8.");
        Require(Patience > TimeSpan.Zero, "Patience must be above 0.");
        Require(PauseMin > TimeSpan.Zero, "PauseMin must be above 0.");
        Require(PauseMax >= PauseMin, "PauseMax must be at least PauseMin.");
        Require(PeersPerBlobMax >= 1, "PeersPerBlobMax must be at least 1.");
        Require(BlobsMax >= 1, "BlobsMax must be at least 1.");
        Require(WaitingPerPeer >= 1, "WaitingPerPeer must be at least 1.");
        Require(SlotIdleMax > TimeSpan.Zero, "SlotIdleMax must be above 0.");
        Require(SlotTenure > TimeSpan.Zero, "SlotTenure must be above 0.");
        return faults;

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
