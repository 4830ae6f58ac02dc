using System.Text;
using System.Text.Json;
using GridVolunteer.Agent.Tests.Workloads;
using GridVolunteer.Agent.Worker;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Peer.Buffering;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Agent.Tests.Worker;

/// <summary>Starts real worker processes on the trickster, and gives them batches.</summary>
internal sealed class WorkerBench : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<WorkerProcess> _workers = [];
    private int _batches;

    public static WorkerCommand Command { get; } = new(
        DotnetHost(), [Path.Combine(AppContext.BaseDirectory, "GridVolunteer.Agent.Tests.dll")]);

    public static string PackageFolder { get; } = Path.Combine(AppContext.BaseDirectory, "trickster");

    public RecordingEvents Events { get; } = new();

    public string Folder => _folder.Root;

    public async Task<WorkerProcess> StartAsync(
        string parameters = "{}", double limitSeconds = 60, long resultSizeBytesMax = 1 << 20,
        string? package = null, IReadOnlyDictionary<string, string>? inputs = null)
    {
        var scratch = Directory.CreateDirectory(Path.Combine(Folder, $"scratch{_workers.Count}")).FullName;
        var results = Directory.CreateDirectory(Path.Combine(Folder, $"results{_workers.Count}")).FullName;
        using var json = JsonDocument.Parse(parameters);
        var job = new WorkerJob(new JobId(1), TimeSpan.FromSeconds(limitSeconds), new OpenMessage
        {
            PackageFolder = package ?? PackageFolder,
            ScratchFolder = scratch,
            ResultFolder = results,
            Parameters = json.RootElement.Clone(),
            Inputs = inputs ?? new Dictionary<string, string>(),
            Seed = 42,
            ResultSizeBytesMax = resultSizeBytesMax,
            CheckpointInterval = TimeSpan.FromMilliseconds(50),
        });
        var worker = await WorkerProcess.StartAsync(Command, job, Events, TimeProvider.System, CancellationToken.None);
        _workers.Add(worker);
        return worker;
    }

    public async Task<UnitBatch> SendAsync(
        WorkerProcess worker, long first, int count, byte[]? inputs = null, byte[]? checkpoint = null)
    {
        var batch = BatchOf(first, count, level: 0);
        var message = new ComputeMessage
        {
            Batch = batch.Id,
            Runs = batch.Runs,
            Inputs = inputs ?? [],
            Checkpoint = checkpoint is null ? (ReadOnlyMemory<byte>?)null : checkpoint,
        };
        await worker.SendAsync(batch, message.Write, CancellationToken.None);
        return batch;
    }

    public async Task MergeAsync(WorkerProcess worker, params MergeChild[] children)
    {
        var batch = BatchOf(0, 1, level: 1);
        var message = new MergeMessage
        {
            Batch = batch.Id,
            Level = 1,
            Index = 0,
            IsLast = true,
            FirstChild = 0,
            Children = children,
        };
        await worker.SendAsync(batch, message.Write, CancellationToken.None);
    }

    /// <summary>The next outcome, which must be a small result, as text.</summary>
    public async Task<string> NextTextAsync()
    {
        var (_, outcome) = await Events.NextFinished();
        Assert.Null(outcome.Failure);
        return Encoding.UTF8.GetString(outcome.Bytes.Span);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        _folder.Dispose();
    }

    private UnitBatch BatchOf(long first, int count, int level) => new()
    {
        Id = ++_batches,
        Grant = new GrantId(new ShardId(new JobId(1), level, 0), 1),
        Runs = [new UnitRun(first, count)],
        Inputs = default,
        Count = count,
        Position = 0,
        Urgent = false,
        UnitSeconds = 0.001,
    };

    private static string DotnetHost() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
}
