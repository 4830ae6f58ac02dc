namespace GridVolunteer.Coordinator.Storage;

/// <summary>What is stored of an entity.</summary>
/// <param name="Version">Turns stored since it first existed; 0 when nothing is.</param>
/// <param name="Snapshot">The last snapshot, or null.</param>
/// <param name="Turns">Records of the turns since the snapshot, oldest first, each as <c>Turn.Journalled</c>
/// framed them.</param>
/// <param name="Epoch">Which loading this was, where a journal tells loadings apart: a later one has a higher
/// number and takes the right to write from all earlier ones. Else 0, as of an entity of which nothing is
/// stored.</param>
public sealed record EntityRecord(
    long Version, ReadOnlyMemory<byte>? Snapshot, IReadOnlyList<ReadOnlyMemory<byte>> Turns,
    long Epoch = 0)
{
    /// <summary>An entity of which nothing is stored.</summary>
    public static EntityRecord Empty { get; } = new(0, null, []);
}
