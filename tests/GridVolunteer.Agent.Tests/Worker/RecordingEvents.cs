using System.Text;
using System.Threading.Channels;
using GridVolunteer.Agent.Worker;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Peer.Buffering;

namespace GridVolunteer.Agent.Tests.Worker;

/// <summary>Hears what becomes of units, and lets a test wait for it.</summary>
internal sealed class RecordingEvents : IWorkerEvents
{
    private readonly Channel<(long Unit, UnitOutcome Outcome)> _finished =
        Channel.CreateUnbounded<(long, UnitOutcome)>();

    private readonly Channel<(UnitBatch Batch, int Done, UnitOutcome? Failure, bool Suspect)> _abandoned =
        Channel.CreateUnbounded<(UnitBatch, int, UnitOutcome?, bool)>();

    private readonly Channel<string> _checkpoints = Channel.CreateUnbounded<string>();

    private readonly Channel<double> _progress = Channel.CreateUnbounded<double>();

    public int ResultFrames { get; private set; }

    public string? ResultFolder { get; private set; }

    public void Finished(UnitBatch batch, int first, ResultsMessage results, string resultFolder)
    {
        ResultFrames++;
        ResultFolder = resultFolder;
        for (var i = 0; i < results.Outcomes.Count; i++)
        {
            _finished.Writer.TryWrite((batch.UnitAt(first + i), results.Outcomes[i]));
        }
    }

    public void Checkpointed(UnitBatch batch, long unit, ReadOnlyMemory<byte> state) =>
        _checkpoints.Writer.TryWrite(Encoding.UTF8.GetString(state.Span));

    public void Progressed(UnitBatch batch, long unit, double fraction) => _progress.Writer.TryWrite(fraction);

    public void Abandoned(UnitBatch batch, int done, UnitOutcome? failureOfNext, bool suspect) =>
        _abandoned.Writer.TryWrite((batch, done, failureOfNext, suspect));

    public Task<(long Unit, UnitOutcome Outcome)> NextFinished() => Next(_finished);

    public Task<(UnitBatch Batch, int Done, UnitOutcome? Failure, bool Suspect)> NextAbandoned() => Next(_abandoned);

    public Task<string> NextCheckpoint() => Next(_checkpoints);

    public Task<double> NextProgress() => Next(_progress);

    private static Task<T> Next<T>(Channel<T> channel) =>
        channel.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
}
