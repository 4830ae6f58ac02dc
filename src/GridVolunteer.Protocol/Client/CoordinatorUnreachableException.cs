namespace GridVolunteer.Protocol.Client;

/// <summary>
/// No answer came from the coordinator: it is away, the network is, or what answered does not speak this API.
/// <see cref="Exception.Message"/> is fit for people. The request may have arrived.
/// </summary>
public sealed class CoordinatorUnreachableException : Exception
{
    /// <summary>With a message that names the coordinator.</summary>
    public CoordinatorUnreachableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
