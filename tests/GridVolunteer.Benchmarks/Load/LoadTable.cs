using System.Globalization;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>A report for people.</summary>
public static class LoadTable
{
    /// <summary>The report, a line a figure.</summary>
    public static string Of(LoadReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var size = $"{report.Jobs} of {report.UnitsPerJob:N0} units, each accepted in {report.SubmitMsMax:N0} ms";
        List<(string Name, string Value)> rows =
        [
            ("validated units a second", $"{report.UnitsPerSecond:N0} over {report.Seconds:N0} s"),
            ("jobs", size),
            ("load", $"{report.Agents} volunteers, batch {report.Batch}, quorum {report.Quorum}"),
            ("share of each job", string.Join(
                ", ", report.UnitsByJob.Select(n => $"{(double)n / report.UnitsByJob.Sum():P1}"))),
            ("exchanges a second", $"{report.ExchangesPerSecond:N0}"),
            ("lease latency", $"p50 {report.LeaseLatencyMsP50} ms, p99 {report.LeaseLatencyMsP99} ms"),
            ("report latency", $"p50 {report.ReportLatencyMsP50} ms, p99 {report.ReportLatencyMsP99} ms"),
            ("bytes per unit", $"{report.JournalBytesPerUnit} kept, {report.WrittenBytesPerUnit} written"),
            ("peak memory", $"{report.PeakMemoryMiB} MiB"),
            ("processors", $"{Processors(report)}, {report.LoadProcessors} load generator"),
            ("processor time per unit", string.Join(
                " + ", report.Parts.Select(p => $"{p.MicrosecondsPerUnit:F3} us {p.Name}"))),
        ];
        if (report.IsAudited)
        {
            rows.Add(("after kill -9", $"up in {report.RestartSeconds} s; "
                + $"{report.UnitsAcknowledged:N0} units acknowledged, {report.UnitsVerified:N0} read back, "
                + $"{report.UnitsMissing:N0} missing, {report.UnitsWrong:N0} wrong"));
        }

        return string.Join(
            '\n', rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Name,-26} {r.Value}")));
    }

    private static string Processors(LoadReport report) => string.Join(
        ", ", report.Parts.Select(p => string.Create(
            CultureInfo.InvariantCulture, $"{string.Join(" + ", p.Processors)} {p.Name}")));
}
