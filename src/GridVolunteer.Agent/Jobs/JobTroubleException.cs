using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Jobs;

/// <summary>A job's files cannot be had or used, so that none of its units can be computed here.</summary>
internal sealed class JobTroubleException : Exception
{
    public JobTroubleException(UnitFailureKind kind, string message, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
    }

    /// <summary>How its units fail.</summary>
    public UnitFailureKind Kind { get; }
}
