namespace GridVolunteer.Peer.Buffering;

/// <summary>A batch that a worker computes.</summary>
internal sealed class RunningBatch(UnitBatch batch, HeldGrant grant, TimeSpan taken)
{
    public UnitBatch Batch => batch;

    public HeldGrant Grant => grant;

    /// <summary>Units of it that are finished, the first ones.</summary>
    public int Done { get; set; }

    public int Left => batch.Count - Done;

    /// <summary>When the last unit finished, or the batch was taken.</summary>
    public TimeSpan LastAt { get; set; } = taken;
}
