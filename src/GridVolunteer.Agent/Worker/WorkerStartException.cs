namespace GridVolunteer.Agent.Worker;

/// <summary>No worker could be started: this machine's trouble, not the workload's.</summary>
internal sealed class WorkerStartException : Exception
{
    public WorkerStartException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
