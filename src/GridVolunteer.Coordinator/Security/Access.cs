namespace GridVolunteer.Coordinator.Security;

/// <summary>Who may use an endpoint; stands in the endpoint's metadata.</summary>
public enum Access
{
    /// <summary>Everybody, even where the coordinator is private: health, enrolment.</summary>
    Everybody,

    /// <summary>Everybody; the operator alone where the coordinator is private.</summary>
    Reader,

    /// <summary>Everybody; agents and the operator where the coordinator is private.</summary>
    Fetcher,

    /// <summary>Agents and the operator.</summary>
    Contributor,

    /// <summary>An agent, under its own id.</summary>
    Agent,

    /// <summary>The operator.</summary>
    Operator,
}
