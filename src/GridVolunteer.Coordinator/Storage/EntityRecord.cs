namespace GridVolunteer.Coordinator.Storage;

/// <summary>What is stored of an entity.</summary>
/// <param name="Version">Turns stored since it first existed; 0 when nothing is.</param>
/// <param name="Snapshot">The last snapshot, or null.</param>
/// <param name="Turns">Records of the turns since the snapshot, oldest first, each as <c>Turn.Journalled</c>
/// framed them.</param>
public sealed record EntityRecord(
    long Version, ReadOnlyMemory<byte>? Snapshot, IReadOnlyList<ReadOnlyMemory<byte>> Turns)
{
    /// <summary>An entity of which nothing is stored.</summary>
    public static EntityRecord Empty { get; } = new(0, null, []);
}
