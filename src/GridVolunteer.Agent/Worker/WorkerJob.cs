using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Agent.Worker;

/// <summary>The job a worker is to serve.</summary>
/// <param name="Job">Its id.</param>
/// <param name="UnitTimeLimit">How long one unit may run.</param>
/// <param name="Open">What the worker is told; the folders of its own are filled in by who starts it.</param>
internal sealed record WorkerJob(JobId Job, TimeSpan UnitTimeLimit, OpenMessage Open);
