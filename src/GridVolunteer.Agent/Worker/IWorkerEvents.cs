using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Peer.Buffering;

namespace GridVolunteer.Agent.Worker;

/// <summary>Who hears what becomes of the units a worker was given. Called one at a time for each worker.</summary>
internal interface IWorkerEvents
{
    /// <summary>The next units of a batch are finished: <paramref name="first"/> is the ordinal of the first one.</summary>
    void Finished(UnitBatch batch, int first, ResultsMessage results, string resultFolder);

    /// <summary>A state from which the unit at work can go on.</summary>
    void Checkpointed(UnitBatch batch, long unit, ReadOnlyMemory<byte> state);

    /// <summary>How far the unit at work is, 0 to 1.</summary>
    void Progressed(UnitBatch batch, long unit, double fraction);

    /// <summary>
    /// The worker has ended within a batch: its first <paramref name="done"/> units are finished, the rest is not. The next
    /// one is to blame when <paramref name="failureOfNext"/> says so; with <paramref name="suspect"/> one of the rest is,
    /// and only running them one by one will tell which.
    /// </summary>
    void Abandoned(UnitBatch batch, int done, UnitOutcome? failureOfNext, bool suspect);
}
