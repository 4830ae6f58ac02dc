using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Cluster.Serialization;

/// <summary>Reports and their outcomes as bytes; results travel as they are.</summary>
internal static class PackedReports
{
    /// <summary>Writes reports.</summary>
    public static void Write(PackedWriter writer, IReadOnlyList<GrantReport> reports)
    {
        writer.Write(reports.Count);
        foreach (var report in reports)
        {
            writer.Write(report.Grant);
            writer.Write(report.Runs);
            writer.Write(report.Results.Span);
            writer.Write(report.Returned);
            writer.Write(report.ComputeSeconds);
            writer.Write(report.Failures.Count);
            foreach (var failure in report.Failures)
            {
                writer.Write(failure.Unit);
                writer.Write((long)failure.Kind);
                writer.Write(failure.Message);
            }
        }
    }

    /// <summary>Reads reports; their results are slices of the message.</summary>
    public static GrantReport[] Read(ref PackedReader reader)
    {
        var reports = new GrantReport[reader.ReadCount()];
        for (var i = 0; i < reports.Length; i++)
        {
            reports[i] = new GrantReport
            {
                Grant = reader.ReadGrant(),
                Runs = reader.ReadRuns(),
                Results = reader.ReadBytes(),
                Returned = reader.ReadRuns(),
                ComputeSeconds = reader.ReadReal(),
                Failures = ReadFailures(ref reader),
            };
        }

        return reports;
    }

    /// <summary>Writes outcomes.</summary>
    public static void Write(PackedWriter writer, IReadOnlyList<ReportOutcome> outcomes)
    {
        writer.Write(outcomes.Count);
        foreach (var outcome in outcomes)
        {
            writer.Write(outcome.Grant);
            writer.Write(outcome.Accepted);
            writer.Write(outcome.Ignored);
            writer.Write(outcome.Refusal);
        }
    }

    /// <summary>Reads outcomes.</summary>
    public static ReportOutcome[] ReadOutcomes(ref PackedReader reader)
    {
        var outcomes = new ReportOutcome[reader.ReadCount()];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = new ReportOutcome(
                reader.ReadGrant(), reader.ReadInt(), reader.ReadInt(), reader.ReadText());
        }

        return outcomes;
    }

    private static UnitFailure[] ReadFailures(ref PackedReader reader)
    {
        var failures = new UnitFailure[reader.ReadCount()];
        for (var i = 0; i < failures.Length; i++)
        {
            failures[i] = new UnitFailure(
                reader.ReadLong(), (UnitFailureKind)reader.ReadLong(), reader.ReadText()!);
        }

        return failures;
    }
}
