using GridVolunteer.Peer.Buffering;

namespace GridVolunteer.Agent.Worker;

/// <summary>A batch that a worker was given.</summary>
internal sealed class BatchUnderWay(UnitBatch batch)
{
    public UnitBatch Batch => batch;

    /// <summary>Its first units that are finished.</summary>
    public int Done { get; set; }

    public int Left => batch.Count - Done;

    /// <summary>What the rest is expected to take.</summary>
    public double ExpectedSeconds => Left * batch.UnitSeconds;
}
