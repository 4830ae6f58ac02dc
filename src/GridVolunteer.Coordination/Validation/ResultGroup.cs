using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Validation;

/// <summary>Equal results of one unit.</summary>
/// <param name="Digest">The SHA-256 of their bytes.</param>
/// <param name="Place">Where the earliest of them lies.</param>
/// <param name="Bytes">Under numeric agreement the bytes themselves, else null.</param>
internal sealed record ResultGroup(Digest Digest, ResultPlace Place, byte[]? Bytes)
{
    /// <summary>The numbers of the volunteers that computed it.</summary>
    public List<int> Holders { get; } = [];
}
