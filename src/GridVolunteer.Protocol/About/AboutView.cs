namespace GridVolunteer.Protocol.About;

/// <summary>What a coordinator says of itself at <c>/v1/about</c>.</summary>
public sealed record AboutView
{
    /// <summary>The product: <c>GridVolunteer</c>.</summary>
    public required string Product { get; init; }

    /// <summary>Version of the coordinator.</summary>
    public required string Version { get; init; }

    /// <summary>The protocol version it speaks.</summary>
    public required int ProtocolVersion { get; init; }

    /// <summary>The lowest protocol version it still takes; below it answers 426.</summary>
    public required int ProtocolVersionMin { get; init; }

    /// <summary>True when reading needs a token too (<c>--private</c>).</summary>
    public required bool Private { get; init; }

    /// <summary><c>open</c>, or <c>token</c> when agents need an enrolment token.</summary>
    public required string Enrolment { get; init; }

    /// <summary>The limits it holds requests to.</summary>
    public required AboutLimits Limits { get; init; }
}
