using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Presentation;

/// <summary>A job in words.</summary>
public static class JobText
{
    /// <summary>Units and merges that are decided, of all: what a progress bar shows.</summary>
    public static (long Decided, long Total) Steps(JobView job) =>
        (job.UnitsValidated + job.UnitsFailed + job.MergesValidated, job.UnitsTotal + job.MergesTotal);

    /// <summary>How far it is: <c>48 %</c>.</summary>
    public static string Progress(JobView job)
    {
        var (decided, total) = Steps(job);
        return job.State == JobState.Completed ? "100 %" : Wording.Percent(decided, total);
    }

    /// <summary>Where it is, in a line: <c>running, 24 of 48 units valid, 8 running</c>.</summary>
    public static string Line(JobView job)
    {
        List<string> parts =
        [
            Wording.State(job.State),
            $"{Wording.Count(job.UnitsValidated)} of {Wording.Counted(job.UnitsTotal, "unit")} valid",
        ];
        Add(job.UnitsRunning, "running");
        Add(job.UnitsFailed, "failed");
        Add(job.UnitsReassigned, "taken over");
        if (job.UnitsValidated + job.UnitsFailed == job.UnitsTotal && job.MergesTotal > 0)
        {
            parts.Add($"{Wording.Count(job.MergesValidated)} of {Wording.Counted(job.MergesTotal, "merge")}");
        }

        if (job.Waiting is { } waiting)
        {
            parts.Add($"waits: {waiting.TrimEnd('.')}");
        }

        return string.Join(", ", parts);

        void Add(long count, string what)
        {
            if (count > 0)
            {
                parts.Add($"{Wording.Count(count)} {what}");
            }
        }
    }
}
