namespace GridVolunteer.Coordinator.Hosting;

/// <summary>Finds every fault of <see cref="CoordinatorOptions"/> at once.</summary>
public static class CoordinatorOptionsValidator
{
    private const long KiB = 1 << 10;
    private const long MiB = 1 << 20;

    /// <summary>Each fault in a sentence; empty when the options are good.</summary>
    public static IReadOnlyList<string> Faults(CoordinatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new List<string>();
        CheckUrls(options, faults);
        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }

        Require(!string.IsNullOrWhiteSpace(options.DataFolder), "The data folder is not named.");
        Require(Enum.IsDefined(options.Enrolment), "Enrolment is open or token.");
        faults.AddRange(options.HostNames.Where(name => Uri.CheckHostName(name) != UriHostNameType.Dns).Select(
            name => $"'{name}' is no host name: write it like grid.example.org, without a port."));
        faults.AddRange(options.Silence.Faults());
        Require(options.AgentTokenLifetime >= TimeSpan.FromMinutes(1)
            && options.AgentTokenLifetime <= TimeSpan.FromHours(24),
            "The lifetime of agents' tokens is 1 min to 24 h.");
        Require(options.RequestSizeBytesMax is >= 64 * KiB and <= 256 * MiB,
            "The limit of a request's size is 64 KiB to 256 MiB.");
        Require(options.BlobSizeBytesMax >= MiB, "The limit of a blob's size is at least 1 MiB.");
        Require(
            options.AgentUploadBytesPerHourMax >= MiB, "The upload allowance of an agent is at least 1 MiB.");
        Require(options.LongPollMax >= TimeSpan.Zero && options.LongPollMax <= TimeSpan.FromMinutes(5),
            "The longest wait of a long poll is 0 s to 5 min.");
        Require(options.LongPollsMax >= 0, "The number of long polls cannot be negative.");
        Require(options.EventReadersMax >= 0, "The number of event readers cannot be negative.");
        Require(options.DrainTime >= TimeSpan.Zero && options.DrainTime <= TimeSpan.FromMinutes(5),
            "A stop drains for 0 s to 5 min.");
        Require(options.StopLimit >= TimeSpan.Zero, "The time limit of a stop cannot be negative.");
        return faults;
    }

    private static void CheckUrls(CoordinatorOptions options, List<string> faults)
    {
        if (options.Urls.Count == 0)
        {
            faults.Add("No address to listen at is given.");
        }

        foreach (var url in options.Urls)
        {
            if (!ListenAddress.TryParse(url, out var address, out var fault))
            {
                faults.Add(fault);
            }
            else if (!address.IsLoopback && !options.InsecureAnyAddress)
            {
                faults.Add($"'{url}' can be reached from other machines, and there is no TLS yet: tokens and "
                    + "results would cross the network in the clear. Listen on 127.0.0.1 (and tunnel), or say "
                    + "--insecure-any-address if the network is trusted.");
            }
        }
    }
}
