using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Jobs;

/// <summary>Who hears about the jobs' files.</summary>
internal interface IJobEvents
{
    /// <summary>Everything is here: the job's units may run.</summary>
    void Ready(JobId job);

    /// <summary>The job's files are here no more.</summary>
    void Gone(JobId job);

    /// <summary>The number now stands for another job: everything held of the old one is worthless.</summary>
    void Changed(JobId job);

    /// <summary>None of the job's units can be computed here.</summary>
    void CannotCompute(JobId job, UnitFailureKind kind, string message);
}
