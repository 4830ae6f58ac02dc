using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GridVolunteer.Coordinator.Telemetry;

/// <summary>
/// What a coordinator counts and measures. Tags have few values: never a volunteer's or a job's id.
/// </summary>
public sealed class CoordinatorInstruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "GridVolunteer.Coordinator";

    private readonly Counter<long> _unitsLeased;
    private readonly Counter<long> _unitsReported;
    private readonly Counter<long> _unitsFailed;
    private readonly Counter<long> _unitsValidated;
    private readonly Counter<long> _unitsReassigned;
    private readonly Counter<long> _unitsLost;
    private readonly Counter<long> _reportsRefused;
    private readonly Histogram<double> _exchange;
    private readonly Counter<long> _blobBytes;

    /// <summary>Makes the instruments.</summary>
    public CoordinatorInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(Name);
        _unitsLeased = meter.CreateCounter<long>(
            "gridvolunteer.units.leased", "{work_unit}", "Unit copies handed out.");
        _unitsReported = meter.CreateCounter<long>(
            "gridvolunteer.units.reported", "{work_unit}", "Results that arrived, by what became of them.");
        _unitsFailed = meter.CreateCounter<long>(
            "gridvolunteer.units.failed", "{work_unit}", "Failures that agents reported.");
        _unitsValidated = meter.CreateCounter<long>(
            "gridvolunteer.units.validated", "{work_unit}", "Units that got their canonical result.");
        _unitsReassigned = meter.CreateCounter<long>(
            "gridvolunteer.units.reassigned", "{work_unit}", "Units one member lost and another validated.");
        _unitsLost = meter.CreateCounter<long>(
            "gridvolunteer.units.lost", "{work_unit}", "Unit copies whose holder fell silent or left.");
        _reportsRefused = meter.CreateCounter<long>(
            "gridvolunteer.reports.refused", "{report}", "Reports refused as a whole.");
        _exchange = meter.CreateHistogram<double>(
            "gridvolunteer.exchange.duration", "s",
            "Time to serve an exchange, waiting for work not counted.");
        _blobBytes = meter.CreateCounter<long>(
            "gridvolunteer.blobs.transferred", "By", "Bytes of blobs, by direction.");
        Meter = meter;
    }

    /// <summary>Spans of this executable start here.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>For instruments that observe something.</summary>
    public Meter Meter { get; }

    /// <summary>Starts a span for one exchange; null when nobody listens.</summary>
    public static Activity? StartExchange(int reports, bool wantsWork)
    {
        var activity = Activities.StartActivity("exchange");
        activity?.SetTag("gridvolunteer.reports", reports);
        activity?.SetTag("gridvolunteer.wants_work", wantsWork);
        return activity;
    }

    /// <summary>Starts a span for one submission; null when nobody listens.</summary>
    public static Activity? StartSubmission(string workload, long units)
    {
        var activity = Activities.StartActivity("submit");
        activity?.SetTag("gridvolunteer.workload", workload);
        activity?.SetTag("gridvolunteer.units", units);
        return activity;
    }

    /// <summary>Unit copies were handed out.</summary>
    public void OnLeased(long units) => _unitsLeased.Add(units);

    /// <summary>A report was taken in.</summary>
    public void OnReported(int accepted, int ignored)
    {
        if (accepted > 0)
        {
            _unitsReported.Add(accepted, new KeyValuePair<string, object?>("outcome", "accepted"));
        }

        if (ignored > 0)
        {
            _unitsReported.Add(ignored, new KeyValuePair<string, object?>("outcome", "ignored"));
        }
    }

    /// <summary>A report was refused.</summary>
    public void OnReportRefused() => _reportsRefused.Add(1);

    /// <summary>Agents could not compute units.</summary>
    public void OnFailed(long units) => _unitsFailed.Add(units);

    /// <summary>Units got their canonical result.</summary>
    public void OnValidated(long units) => _unitsValidated.Add(units);

    /// <summary>Units were validated by another member than one who had lost them.</summary>
    public void OnReassigned(long units) => _unitsReassigned.Add(units);

    /// <summary>A holder fell silent or left.</summary>
    public void OnLost(long units) => _unitsLost.Add(units);

    /// <summary>An exchange was served.</summary>
    public void OnExchange(TimeSpan duration, bool granted) =>
        _exchange.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("granted", granted));

    /// <summary>A blob came in.</summary>
    public void OnBlobReceived(long bytes) =>
        _blobBytes.Add(bytes, new KeyValuePair<string, object?>("direction", "in"));

    /// <summary>A blob, or a part of one, went out.</summary>
    public void OnBlobSent(long bytes) =>
        _blobBytes.Add(bytes, new KeyValuePair<string, object?>("direction", "out"));
}
