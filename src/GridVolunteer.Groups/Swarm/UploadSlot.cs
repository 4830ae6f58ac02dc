namespace GridVolunteer.Groups.Swarm;

/// <summary>A peer that is served at the moment.</summary>
internal sealed class UploadSlot(TimeSpan now)
{
    public TimeSpan Since { get; } = now;

    public TimeSpan ActiveAt { get; set; } = now;

    /// <summary>Blocks it has asked for and not been sent, in its order.</summary>
    public List<(BlobName Blob, int Block, int SizeBytes)> Waiting { get; } = [];
}
