namespace GridVolunteer.Groups.Swarm;

/// <summary>What the machine can spare for others; the host sets it by load.</summary>
/// <param name="Slots">Peers served at once; 0 to 64. 0 turns all away for now.</param>
/// <param name="BytesPerSecond">Bytes sent a second to all together; at least 0.</param>
public readonly record struct UploadAllowance(int Slots, double BytesPerSecond)
{
    /// <summary>4 peers and 4 MiB a second.</summary>
    public static UploadAllowance Default { get; } = new(4, 4 * 1_024 * 1_024);
}
