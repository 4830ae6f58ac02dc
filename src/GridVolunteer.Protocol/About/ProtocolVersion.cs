namespace GridVolunteer.Protocol.About;

/// <summary>The version of the API, sent with requests and checked by the coordinator.</summary>
public static class ProtocolVersion
{
    /// <summary>The request header; absent is taken as the current version.</summary>
    public const string Header = "GridVolunteer-Protocol";

    /// <summary>What this code speaks.</summary>
    public const int Current = 1;

    /// <summary>The lowest that is still understood.</summary>
    public const int Minimum = 1;
}
