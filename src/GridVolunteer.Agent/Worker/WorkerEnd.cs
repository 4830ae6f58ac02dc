namespace GridVolunteer.Agent.Worker;

/// <summary>Why the agent ended a worker.</summary>
internal enum WorkerEnd
{
    /// <summary>It did not: the process ended by itself, or broke the protocol.</summary>
    ByItself,

    /// <summary>A unit ran past its time limit.</summary>
    TimedOut,

    /// <summary>Its work is not wanted any more, or the slot needs another job, or the agent stops.</summary>
    NotNeeded,
}
