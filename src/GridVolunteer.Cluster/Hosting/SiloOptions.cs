using System.Net;

namespace GridVolunteer.Cluster.Hosting;

/// <summary>How a silo belongs to its cluster. Checked as a whole at start.</summary>
public sealed record SiloOptions
{
    /// <summary>Where silos listen for each other unless told otherwise.</summary>
    public const int DefaultSiloPort = 11111;

    /// <summary>
    /// Redis, as StackExchange.Redis writes it: <c>HOST:PORT</c>, several separated by commas, options behind
    /// them.
    /// </summary>
    public required string Redis { get; init; }

    /// <summary>
    /// The name of the cluster: silos of one name that see one Redis and one data folder are one coordinator.
    /// Default <c>grid</c>; 1 to 64 letters, digits and hyphens.
    /// </summary>
    public string ClusterId { get; init; } = "grid";

    /// <summary>The address at which the other silos reach this one. Default loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port at which the other silos reach this one. Default 11111.</summary>
    public int SiloPort { get; init; } = DefaultSiloPort;

    /// <summary>
    /// How long a silo may leave a probe unanswered, each of <see cref="ProbesMissedMax"/> times, before others
    /// vote it out. Default 1 s; 0.2 to 60 s. Shorter finds a dead silo sooner; longer bears longer pauses: a
    /// silo that stands still for longer than <c>ProbesMissedMax</c> times this is voted out, and must start
    /// again.
    /// </summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Probes that a silo may miss. Default 2; 1 to 20.</summary>
    public int ProbesMissedMax { get; init; } = 2;

    /// <summary>
    /// How long a call to another silo waits for its answer before it is repeated. Default 3 s; 0.5 to 60 s.
    /// </summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Everything wrong with the options, each in a sentence; empty when they are sound.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }

        Require(!string.IsNullOrWhiteSpace(Redis), "Redis is not named: write it like 127.0.0.1:6379.");
        Require(
            ClusterId.Length is >= 1 and <= 64 && ClusterId.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'),
            $"The cluster's name has 1 to 64 letters, digits and hyphens; '{ClusterId}' has not.");
        Require(SiloPort is >= 1 and <= 65535, "The silo's port is 1 to 65535.");
        Require(
            !Address.Equals(IPAddress.Any) && !Address.Equals(IPAddress.IPv6Any),
            "The silo's address is one at which others reach it, not every address.");
        Require(
            ProbeTimeout >= TimeSpan.FromSeconds(0.2) && ProbeTimeout <= TimeSpan.FromSeconds(60),
            "The time limit of a probe is 0.2 to 60 s.");
        Require(ProbesMissedMax is >= 1 and <= 20, "A silo may miss 1 to 20 probes.");
        Require(
            ResponseTimeout >= TimeSpan.FromSeconds(0.5) && ResponseTimeout <= TimeSpan.FromSeconds(60),
            "The time limit of a call between silos is 0.5 to 60 s.");
        return faults;
    }
}
