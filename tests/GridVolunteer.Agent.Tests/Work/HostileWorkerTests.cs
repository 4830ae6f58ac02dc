using GridVolunteer.Agent.Results;
using GridVolunteer.Agent.Tests.Workloads;
using GridVolunteer.Agent.Work;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Peer.Buffering;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridVolunteer.Agent.Tests.Work;

/// <summary>A worker runs code of strangers, so what it tells the ledger may be anything.</summary>
public sealed class HostileWorkerTests : IDisposable
{
    private static readonly JobId Job = new(1);
    private readonly TempFolder _folder = new();
    private readonly CheckpointStore _checkpoints;
    private readonly WorkLedger _ledger;
    private readonly UnitBatch _batch;

    public HostileWorkerTests()
    {
        foreach (var name in (string[])["results", "kept", "checkpoints"])
        {
            Directory.CreateDirectory(_folder[name]);
        }

        _checkpoints = new CheckpointStore(_folder["checkpoints"]);
        _ledger = new WorkLedger(
            new BufferPolicy { Threads = 1 }, WorkSpool.Open(_folder.Root), _checkpoints,
            new ResultBlobs(_folder["kept"], null!, null!), TimeProvider.System, NullLogger.Instance);
        var grant = new GrantOffer
        {
            Grant = new GrantId(new ShardId(Job, 0, 0), 1),
            Runs = [new UnitRun(5, 1)],
            DeadlineSeconds = 60,
        };
        var plan = new ExchangePlan(null, new WorkWanted { Seconds = 1 }, null);
        _ledger.Answered(plan, new WorkAnswer { RequestId = "a", Grants = [grant] });
        _ledger.Ready(Job);
        _batch = _ledger.Take(null, urgentOnly: false)!;
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("../secret")]
    [InlineData("r1\0")]
    [InlineData("folder")]
    [InlineData("link")]
    public void ResultFile_ThatIsNone_BreaksTheProtocol(string name)
    {
        File.WriteAllText(_folder["secret"], "the agent's key");
        Directory.CreateDirectory(_folder["results/folder"]);
        File.CreateSymbolicLink(_folder["results/link"], _folder["secret"]);
        Assert.Throws<FrameException>(() => Finish(name));
        Assert.True(File.Exists(_folder["secret"]));
        Assert.Empty(_ledger.NextUploads());
    }

    [Fact]
    public void ResultFile_ThatIsNotThere_FailsTheUnit()
    {
        Finish("r1");
        Assert.Equal(1, _ledger.Counts.Failed);
    }

    [Fact]
    public void ResultFile_IsKeptAndUploaded()
    {
        File.WriteAllText(_folder["results/r1"], "42");
        Finish("r1");
        Assert.Equal(2, Assert.Single(_ledger.NextUploads()).LengthBytes);
    }

    [Fact]
    public void Checkpoint_OfAUnitThatIsNotAtWork_IsNotKept()
    {
        _ledger.Checkpointed(_batch, 6, new byte[1]);
        _ledger.Checkpointed(_batch, 5, new byte[1]);
        Assert.False(_checkpoints.Has(Job, 6));
        Assert.True(_checkpoints.Has(Job, 5));
    }

    private void Finish(string name)
    {
        var results = new ResultsMessage(_batch.Id, 1, [UnitOutcome.Large(name)]);
        _ledger.Finished(_batch, 0, results, _folder["results"]);
    }
}
