using System.Globalization;
using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>A report for people.</summary>
internal static class ClusterTable
{
    /// <summary>A line for each size, with its cost against that of the coordinator alone and of one silo.</summary>
    public static string Of(ClusterReport report)
    {
        var single = report.Clusters.FirstOrDefault(c => c is { Silos: 1, IsApart: false })?.Load;
        List<string> lines =
        [
            Row(
                "", "agents", "units/s", "us/unit", "parts", "compiling", "processors of each", "p50 ms", "of alone",
                "of 1 silo"),
        ];
        if (report.Embedded is { } embedded)
        {
            lines.Add(Line("alone", embedded, report.Embedded, single));
        }

        lines.AddRange(report.Clusters.Select(
            c => Line(c.Name, c.Load, report.Embedded, single)));
        return string.Join('\n', lines);
    }

    private static string Line(string name, LoadReport load, LoadReport? embedded, LoadReport? single) => Row(
        name, Text($"{load.Agents}"), Text($"{load.UnitsPerSecond:N0}"), Text($"{load.MicrosecondsPerUnit:F3}"),
        string.Join(" + ", load.Parts.Select(p => Text($"{p.MicrosecondsPerUnit:F3}"))),
        Text($"{load.Parts.Sum(p => p.CompilingMicrosecondsPerUnit):F3}"),
        string.Join(" + ", load.Parts.SelectMany(p => p.Processors).Select(p => Text($"{p:F2}"))),
        Text($"{load.ReportLatencyMsP50}"), Ratio(load, embedded),
        Ratio(load, single));

    private static string Ratio(LoadReport load, LoadReport? to) =>
        to is null ? "-" : Text($"{load.MicrosecondsPerUnit / to.MicrosecondsPerUnit:F2}");

    private static string Row(params ReadOnlySpan<string> c) =>
        $"{c[0],-8} {c[1],6} {c[2],9} {c[3],8}  {c[4],-15} {c[5],9}  {c[6],-34} {c[7],6} {c[8],9} {c[9],9}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
