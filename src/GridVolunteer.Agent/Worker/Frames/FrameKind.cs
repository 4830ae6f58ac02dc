namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>What a frame between an agent and its worker says. The numbers are the protocol's.</summary>
internal enum FrameKind : byte
{
    /// <summary>Worker: I run, and this is the secret I was given.</summary>
    Hello = 1,

    /// <summary>Agent: load this job.</summary>
    Open = 2,

    /// <summary>Worker: the job is loaded.</summary>
    Opened = 3,

    /// <summary>Worker: the job cannot be loaded, and why.</summary>
    CannotOpen = 4,

    /// <summary>Agent: compute these units in order.</summary>
    Compute = 5,

    /// <summary>Agent: merge these results.</summary>
    Merge = 6,

    /// <summary>Worker: what became of the next units of a batch.</summary>
    Results = 7,

    /// <summary>Worker: how far the unit at work is.</summary>
    Progress = 8,

    /// <summary>Worker: a state from which the unit at work can go on.</summary>
    Checkpoint = 9,
}
