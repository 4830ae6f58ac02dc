namespace GridVolunteer.Agent;

/// <summary>The agent cannot start or go on. The message is for people and says what to do.</summary>
public sealed class AgentException : Exception
{
    /// <summary>With a message for people.</summary>
    public AgentException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
