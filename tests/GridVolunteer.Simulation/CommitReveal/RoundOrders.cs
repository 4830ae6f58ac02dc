namespace GridVolunteer.Simulation.CommitReveal;

/// <summary>The command that walks through every order of steps of a round. Minutes.</summary>
public static class RoundOrders
{
    /// <summary>Walks, and writes what it saw; true when everything held.</summary>
    public static bool Write(TextWriter output)
    {
        var holds = true;
        foreach (var (closes, plays, timeouts) in new[]
            {
                (false, 4, false), (true, 4, false), (false, 3, true), (true, 2, true),
            })
        {
            var walked = new RoundExplorer(closes, plays, timeouts).Walk();
            output.WriteLine(
                $"closed by {(closes ? "the adversary" : "an honest member")}, {plays} tricks"
                + $"{(timeouts ? ", patience may end" : "")}: {walked.States:N0} states, "
                + $"{walked.Ends:N0} ends; "
                + (walked.Fault ?? "all held"));
            holds &= walked.Fault is null;
        }

        return holds;
    }
}
