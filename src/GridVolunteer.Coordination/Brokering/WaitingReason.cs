using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>Says, for people, why a job does not get on.</summary>
public static class WaitingReason
{
    /// <summary>The reason, or null when the job is over or at work.</summary>
    /// <param name="job">The job.</param>
    /// <param name="unitsRunning">Units of it that agents hold now.</param>
    /// <param name="agents">The machines of the agents that are alive.</param>
    public static string? For(JobSnapshot job, long unitsRunning, IReadOnlyList<HostFacts> agents)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(agents);
        if (job.State.IsFinal())
        {
            return null;
        }

        if (job.State == JobState.Paused)
        {
            return "It is paused; resume it to go on.";
        }

        if (agents.Count == 0)
        {
            return "No agent is connected.";
        }

        var needs = job.Submission.Needs;
        var capable = agents.Count(a => NeedsMatch.Meets(a, needs));
        if (capable == 0)
        {
            return WhyNone(needs, agents);
        }

        if (capable < job.Submission.Quorum)
        {
            var connected = capable == 1 ? "agent that can run it is" : "agents that can run it are";
            return $"Each unit needs results of {job.Submission.Quorum} different agents, and only {capable} "
                + $"{connected} connected.";
        }

        return unitsRunning == 0 ? "Its turn comes when an agent asks for work." : null;
    }

    private static string WhyNone(JobNeeds needs, IReadOnlyList<HostFacts> agents)
    {
        var demands = NeedsMatch.Demands(needs);
        var all = NeedsMatch.Listed([.. demands.Select(d => d.Text)]);
        var nowhere = demands.Where(d => !agents.Any(d.IsMet)).Select(d => d.Text).ToList();
        var (subject, has) = agents.Count == 1
            ? ("the only agent connected", "does not have")
            : ($"none of the {agents.Count} agents connected", "has");
        return nowhere.Count switch
        {
            0 => $"It needs {all}, and {subject} {has} all of that.",
            1 => $"It needs {nowhere[0]}, and {subject} {has} it.",
            _ => $"It needs {NeedsMatch.Listed(nowhere)}, and {subject} {has} them.",
        };
    }
}
