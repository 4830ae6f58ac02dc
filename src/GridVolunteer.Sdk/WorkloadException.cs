namespace GridVolunteer.Sdk;

/// <summary>
/// The job's parameters or inputs are wrong, or a unit fails in a way that its author foresaw. The message
/// goes to the submitter as it is, without a stack trace: say what to do.
/// </summary>
public sealed class WorkloadException : Exception
{
    /// <summary>With a message for the submitter.</summary>
    public WorkloadException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
