namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// A workload cannot be built, packed, unpacked or loaded. The message is for people and says what to do.
/// </summary>
public sealed class WorkloadLoadException : Exception
{
    /// <summary>With a message for people.</summary>
    public WorkloadLoadException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
