using GridVolunteer.Protocol.Agents;

namespace GridVolunteer.Cli.Presentation;

/// <summary>Peers in words.</summary>
public static class PeerText
{
    /// <summary>What a machine is and has: <c>linux x64, 2 threads, 7.7 GiB</c>.</summary>
    public static string Machine(HostFacts host) =>
        $"{host.OperatingSystem} {host.Architecture}, {Wording.Counted(host.Threads, "thread")}, "
        + Wording.Bytes(host.MemoryBytes);
}
