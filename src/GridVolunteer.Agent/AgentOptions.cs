using GridVolunteer.Agent.Worker;

namespace GridVolunteer.Agent;

/// <summary>What an agent is told at its start.</summary>
public sealed record AgentOptions
{
    private const int NameLengthMax = 64;
    private const int ThreadsMax = 1024;

    /// <summary>The coordinator's address (scheme, host, port).</summary>
    public required Uri Coordinator { get; init; }

    /// <summary>
    /// Where the agent keeps its key, work and cache; one agent at a time. Default <c>$XDG_DATA_HOME/gridvolunteer/agent</c>.
    /// </summary>
    public string DataFolder { get; init; } = DefaultDataFolder;

    /// <summary>Units computed at once, 1 to 1,024; default: one for each processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>What people call the machine, 1 to 64 characters; default its host name.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The token that enrols this agent, where the coordinator asks for one; default none.</summary>
    public string? EnrolmentToken { get; init; }

    /// <summary>The most disk space that fetched blobs may take, in bytes; default 4 GiB, at least 64 MiB.</summary>
    public long CacheSizeBytesMax { get; init; } = 4L << 30;

    /// <summary>How workers are started; default: this program's verb <c>worker</c>.</summary>
    public WorkerCommand Worker { get; init; } = WorkerCommand.OfThisProgram();

    /// <summary>The shortest time between two checkpoints of a unit; default 10 s.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a worker without work is kept; default 1 min.</summary>
    public TimeSpan IdleWorkerLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the goodbye may take; default 5 s.</summary>
    public TimeSpan GoodbyeLimit { get; init; } = TimeSpan.FromSeconds(5);

    private static string DefaultName =>
        Environment.MachineName is { Length: > 0 and <= NameLengthMax } name ? name : "agent";

    private static string DefaultDataFolder
    {
        get
        {
            var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            var root = string.IsNullOrEmpty(data)
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create)
                : data;
            return Path.Combine(root, "gridvolunteer", "agent");
        }
    }

    /// <summary>Everything that is wrong with these options, one sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!Coordinator.IsAbsoluteUri || Coordinator.Scheme is not ("http" or "https"))
        {
            faults.Add($"The coordinator's address '{Coordinator}' must be like http://127.0.0.1:4370.");
        }

        if (Threads is < 1 or > ThreadsMax)
        {
            faults.Add($"Threads must be 1 to {ThreadsMax}, not {Threads}.");
        }

        if (Name.Length is 0 or > NameLengthMax || Name.Any(char.IsControl))
        {
            faults.Add($"The name must have 1 to {NameLengthMax} printable characters.");
        }

        if (CacheSizeBytesMax < 64 << 20)
        {
            faults.Add("The cache needs at least 64 MiB.");
        }

        return faults;
    }
}
