using GridVolunteer.Agent.Results;
using GridVolunteer.Agent.Tests.Workloads;
using GridVolunteer.Peer.Reporting;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Tests.Results;

/// <summary>A spool on disk, which can be left as a killed agent leaves it.</summary>
internal sealed class SpoolBench : IDisposable
{
    private readonly TempFolder _folder = new();

    public SpoolBench() => Spool = WorkSpool.Open(_folder.Root);

    public WorkSpool Spool { get; private set; }

    public string File => _folder["work.spool"];

    public static GrantId Grant(long sequence) => new(new ShardId(new JobId(1), 0, 0), sequence);

    public static GrantOffer Offer(long sequence, int units) =>
        new() { Grant = Grant(sequence), Runs = [new UnitRun(0, units)], DeadlineSeconds = 60 };

    public static FinishedUnit Unit(long unit, string result = "") =>
        FinishedUnit.WithResult(unit, System.Text.Encoding.UTF8.GetBytes(result));

    /// <summary>Opens the files again without any goodbye, after <paramref name="meanwhile"/> did something to them.</summary>
    public WorkSpool Reopen(Action<string>? meanwhile = null)
    {
        Spool.Dispose();
        meanwhile?.Invoke(File);
        return Spool = WorkSpool.Open(_folder.Root);
    }

    public void Dispose()
    {
        Spool.Dispose();
        _folder.Dispose();
    }
}
