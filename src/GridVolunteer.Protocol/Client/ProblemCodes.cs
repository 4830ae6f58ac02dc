namespace GridVolunteer.Protocol.Client;

/// <summary>
/// The <c>type</c> of the problems that a client acts on, rather than showing them to a person.
/// </summary>
public static class ProblemCodes
{
    /// <summary>409 on an exchange: the coordinator does not know this agent (it restarted); beat, then retry.</summary>
    public const string IntroduceYourself = "introduce-yourself";

    /// <summary>426: the client's protocol is older than the coordinator takes.</summary>
    public const string UpgradeRequired = "upgrade-required";
}
