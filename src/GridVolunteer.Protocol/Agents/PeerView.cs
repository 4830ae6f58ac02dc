using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Agents;

/// <summary>A volunteer's agent as the coordinator sees it.</summary>
public sealed record PeerView
{
    /// <summary>Its id.</summary>
    public required PeerId Peer { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary><c>alive</c>, <c>silent</c> or <c>gone</c> (said goodbye).</summary>
    public required string State { get; init; }

    /// <summary>When it last beat.</summary>
    public required DateTimeOffset LastHeartbeat { get; init; }

    /// <summary>What its machine is and has.</summary>
    public required HostFacts Host { get; init; }

    /// <summary>Unit copies it holds now.</summary>
    public required long UnitsHeld { get; init; }

    /// <summary>Results of it that were accepted since this coordinator started.</summary>
    public required long UnitsAccepted { get; init; }

    /// <summary>Units it failed since this coordinator started.</summary>
    public required long UnitsFailed { get; init; }
}
