namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>What can happen to a shard.</summary>
public enum ShardStepKind
{
    /// <summary>A volunteer asks for units.</summary>
    Lease,

    /// <summary>A volunteer asks, and the answer never arrives.</summary>
    LeaseUnheard,

    /// <summary>The last request once more.</summary>
    LeaseAgain,

    /// <summary>A volunteer reports a whole grant.</summary>
    Report,

    /// <summary>A volunteer reports some units of a grant.</summary>
    ReportPart,

    /// <summary>An earlier report once more, whatever happened since.</summary>
    ReportAgain,

    /// <summary>A unit fails on a volunteer.</summary>
    Fail,

    /// <summary>A volunteer hands units back.</summary>
    HandBack,

    /// <summary>A volunteer is silent, and forgets everything.</summary>
    Crash,

    /// <summary>A volunteer is silent, and works on.</summary>
    Silence,

    /// <summary>A volunteer says goodbye, and keeps what it has for later.</summary>
    Goodbye,

    /// <summary>A heartbeat: what the volunteer has, and what it has no more.</summary>
    Reconcile,

    /// <summary>Some seconds pass.</summary>
    Pass,

    /// <summary>Enough time for any deadline passes.</summary>
    PassLong,

    /// <summary>A report of another's grant, or of units never granted, or with results missing.</summary>
    Forge,

    /// <summary>The coordinator restarts from its journal.</summary>
    Restart,

    /// <summary>The coordinator restarts from a snapshot and the journal after it.</summary>
    RestartFromSnapshot,
}
