namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// A coordinator cannot start, for a reason its operator can mend; the message says which and how.
/// </summary>
public sealed class CoordinatorStartException : Exception
{
    /// <summary>With one message for people.</summary>
    public CoordinatorStartException(string message, Exception? inner = null)
        : base(message, inner)
    {
        Faults = [message];
    }

    /// <summary>With every fault of the options.</summary>
    public CoordinatorStartException(IReadOnlyList<string> faults)
        : base(string.Join(Environment.NewLine, faults))
    {
        Faults = faults;
    }

    /// <summary>Each fault in a sentence.</summary>
    public IReadOnlyList<string> Faults { get; }
}
