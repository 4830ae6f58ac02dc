namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>What a shard journals. The numbers are stored; they are never given to another meaning.</summary>
internal enum RecordType : byte
{
    /// <summary>The shard opened with its plan.</summary>
    Opened = 1,

    /// <summary>A batch was handed out.</summary>
    Granted = 2,

    /// <summary>A report was taken in: results, failures, units handed back.</summary>
    Reported = 3,

    /// <summary>A volunteer was lost.</summary>
    Lost = 4,

    /// <summary>A volunteer's grants were compared with what it holds.</summary>
    Reconciled = 5,

    /// <summary>Grants passed their deadlines.</summary>
    Expired = 6,

    /// <summary>Every unit is decided.</summary>
    Closed = 7,

    /// <summary>The job was over before that.</summary>
    Ended = 8,
}
