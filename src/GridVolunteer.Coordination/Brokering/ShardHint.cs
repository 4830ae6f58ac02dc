using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>What a broker knows of an open shard.</summary>
internal sealed class ShardHint(ShardId id, int unitCount)
{
    /// <summary>The shard.</summary>
    public ShardId Id { get; } = id;

    /// <summary>What it said last, or null when it was not asked yet.</summary>
    public ShardStatus? Status { get; private set; }

    /// <summary>When it spoke or was last asked.</summary>
    public DateTimeOffset AskedAt { get; set; } = DateTimeOffset.MinValue;

    /// <summary>How much it is worth asking for work, the lowest first.</summary>
    public ShardAppeal Appeal { get; private set; } = ShardAppeal.Copies;

    /// <summary>
    /// Unit copies left to hand out; when there are none but second copies, the units that run.
    /// </summary>
    public long Rest => Status switch
    {
        null => unitCount,
        { CopiesWanted: > 0 } status => status.CopiesWanted,
        { WantsSecondCopies: true } status => status.Running,
        _ => 0,
    };

    /// <summary>Takes what the shard says.</summary>
    public void Note(ShardStatus status, DateTimeOffset now)
    {
        Status = status;
        AskedAt = now;
        Appeal = status switch
        {
            { IsClosed: true } => ShardAppeal.None,
            { Returned: > 0 } => ShardAppeal.GivenBack,
            { CopiesWanted: > 0 } => ShardAppeal.Copies,
            { WantsSecondCopies: true } => ShardAppeal.SecondCopies,
            _ => ShardAppeal.None,
        };
    }
}
