using System.Net.Sockets;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Agent.Worker.Inside;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Peer.Buffering;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Worker;

/// <summary>
/// The agent's side of one worker process: gives it batches, hands on what it says, and ends it with everything it started
/// when a unit runs past its limit, when it breaks the protocol, or when it is not needed. However it ends, every unit of
/// every batch is told exactly once: finished or abandoned.
/// </summary>
internal sealed partial class WorkerProcess : IAsyncDisposable
{
    /// <summary>Results may be held back this long by the worker, so a unit is judged that much later.</summary>
    private static readonly TimeSpan LimitSlack = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Queue<BatchUnderWay> _underWay = new();
    private readonly WorkerLaunch _launch;
    private readonly NetworkStream _stream;
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer = new();
    private readonly IWorkerEvents _events;
    private readonly TimeProvider _time;
    private readonly WorkerJob _job;
    private readonly ITimer _limit;
    private TaskCompletionSource _progress = NewSignal();
    private WorkerEnd _end;
    private bool _closed;

    private WorkerProcess(WorkerLaunch launch, Socket connection, WorkerJob job, IWorkerEvents events, TimeProvider time)
    {
        _launch = launch;
        _stream = new NetworkStream(connection, ownsSocket: true);
        _reader = new FrameReader(_stream);
        _job = job;
        _events = events;
        _time = time;
        _limit = time.CreateTimer(_ => End(WorkerEnd.TimedOut), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The one job it serves.</summary>
    public JobId Job => _job.Job;

    /// <summary>Ends when the process has ended and everything under way has been told.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Starts a process and has it load the job.</summary>
    /// <exception cref="WorkerStartException">No process could be started.</exception>
    /// <exception cref="WorkloadLoadException">The workload cannot be loaded, or ends the process while it is.</exception>
    public static async Task<WorkerProcess> StartAsync(
        WorkerCommand command, WorkerJob job, IWorkerEvents events, TimeProvider time, CancellationToken cancellation)
    {
        var (launch, connection) = await WorkerLaunch.StartAsync(
            command, job.Open.ScratchFolder, StartLimit, time, cancellation);
        var worker = new WorkerProcess(launch, connection, job, events, time);
        try
        {
            await worker.OpenAsync(cancellation);
            worker.Ended = worker.ReceiveAsync();
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether nothing is under way, or one batch that is expected to end within <paramref name="aheadSeconds"/>.</summary>
    public bool HasRoom(double aheadSeconds)
    {
        lock (_gate)
        {
            return _underWay.Count == 0 || (_underWay.Count == 1 && _underWay.Peek().ExpectedSeconds <= aheadSeconds);
        }
    }

    /// <summary>Ends at the next result, or when the worker has ended; take it before looking at what may change.</summary>
    public Task NextProgress()
    {
        lock (_gate)
        {
            return _progress.Task;
        }
    }

    /// <summary>Waits until <see cref="HasRoom"/>, or the worker has ended.</summary>
    public async Task WaitForRoomAsync(double aheadSeconds, CancellationToken cancellation)
    {
        while (NextProgress() is var progress && !HasRoom(aheadSeconds) && !Ended.IsCompleted)
        {
            await Task.WhenAny(progress, Ended).WaitAsync(cancellation);
        }
    }

    /// <summary>Gives it a batch. If it has ended meanwhile the batch is abandoned like the others.</summary>
    public async Task SendAsync(UnitBatch batch, Action<FrameWriter> message, CancellationToken cancellation)
    {
        if (!TryEnqueue(batch))
        {
            _events.Abandoned(batch, 0, null, suspect: false);
            return;
        }

        _writer.Clear();
        message(_writer);
        try
        {
            await _stream.WriteAsync(_writer.Written, cancellation);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // The receiver sees the end as well, and tells what is under way.
        }
    }

    /// <summary>Ends the process when the batch is under way in it.</summary>
    public void EndIfAt(int batch)
    {
        bool isAt;
        lock (_gate)
        {
            isAt = _underWay.Any(b => b.Batch.Id == batch);
        }

        if (isAt)
        {
            End(WorkerEnd.NotNeeded);
        }
    }

    /// <summary>Ends the process; what is under way is abandoned without blame unless the time limit was passed.</summary>
    public void End(WorkerEnd why)
    {
        lock (_gate)
        {
            if (_end == WorkerEnd.ByItself)
            {
                _end = why;
            }
        }

        PosixProcess.EndTree(_launch.Process);
    }

    /// <summary>Ends the process and waits until everything is told.</summary>
    public async ValueTask DisposeAsync()
    {
        End(WorkerEnd.NotNeeded);
        await Ended;
        await _limit.DisposeAsync();
        await _stream.DisposeAsync();
        _launch.Dispose();
    }

    private bool TryEnqueue(UnitBatch batch)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _underWay.Enqueue(new BatchUnderWay(batch));
            if (_underWay.Count == 1)
            {
                StartLimitTimer();
            }

            return true;
        }
    }

    private async Task ReceiveAsync()
    {
        // Off the caller's stack: results may be waiting already.
        await Task.Yield();
        string? protocolFault = null;
        try
        {
            while (await _reader.ReadAsync(CancellationToken.None) is { } frame)
            {
                Handle(frame);
            }
        }
        catch (IOException)
        {
            // The process has gone within a message.
        }
        catch (FrameException fault)
        {
            protocolFault = fault.Message;
        }

        PosixProcess.EndTree(_launch.Process);
        TellAbandoned(protocolFault ?? await LastWordsAsync());
    }

    private void Handle(Frame frame)
    {
        var body = new FrameBody(frame.Body);
        switch (frame.Kind)
        {
            case FrameKind.Results:
                HandleResults(ResultsMessage.Read(body));
                return;
            case FrameKind.Progress:
                var progress = (Batch: body.Count(int.MaxValue), Unit: body.Varint(), Fraction: body.Number());
                _events.Progressed(Current(progress.Batch), progress.Unit, Math.Clamp(progress.Fraction, 0, 1));
                return;
            case FrameKind.Checkpoint:
                var checkpoint = (Batch: body.Count(int.MaxValue), Unit: body.Varint(), State: body.Bytes());
                _events.Checkpointed(Current(checkpoint.Batch), checkpoint.Unit, checkpoint.State);
                return;
            default:
                throw new FrameException($"A worker does not send {frame.Kind}.");
        }
    }

    private void HandleResults(ResultsMessage results)
    {
        BatchUnderWay current;
        int first;
        lock (_gate)
        {
            current = Find(results.Batch);
            first = current.Done;
            if (results.Outcomes.Count > current.Left)
            {
                throw new FrameException("A worker sent more results than it has units.");
            }
        }

        // Told before it counts as done, so that whatever ends the worker now tells no unit twice and forgets none.
        _events.Finished(current.Batch, first, results, _job.Open.ResultFolder);
        TaskCompletionSource progress;
        lock (_gate)
        {
            current.Done += results.Outcomes.Count;
            if (current.Left == 0)
            {
                _underWay.Dequeue();
            }

            StartLimitTimer();
            (progress, _progress) = (_progress, NewSignal());
        }

        progress.SetResult();
    }

    private UnitBatch Current(int batch)
    {
        lock (_gate)
        {
            return Find(batch).Batch;
        }
    }

    private BatchUnderWay Find(int batch) => _underWay.TryPeek(out var current) && current.Batch.Id == batch
        ? current
        : throw new FrameException("A worker spoke of a batch that it is not at.");

    private void StartLimitTimer() => _limit.Change(
        _underWay.Count == 0 ? Timeout.InfiniteTimeSpan : _job.UnitTimeLimit + LimitSlack, Timeout.InfiniteTimeSpan);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
