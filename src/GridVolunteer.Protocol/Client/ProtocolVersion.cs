namespace GridVolunteer.Protocol.Client;

/// <summary>
/// The version of the API that requests carry, so that a coordinator can refuse clients it no longer
/// understands.
/// </summary>
public static class ProtocolVersion
{
    /// <summary>The request header; a request without it is taken as current.</summary>
    public const string Header = "GridVolunteer-Protocol";

    /// <summary>The version this code speaks.</summary>
    public const int Current = 1;

    /// <summary>The oldest version this code still answers; older requests get status 426.</summary>
    public const int Minimum = 1;
}
