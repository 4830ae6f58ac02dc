using System.Globalization;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Cli.Presentation;

/// <summary>Numbers, times and states in words, the same in every verb.</summary>
public static class Wording
{
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A count with thousands apart: <c>1,234</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count and its noun: <c>1 unit</c>, <c>2 units</c>.</summary>
    public static string Counted(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>Bytes in the unit that reads best: <c>673.5 KiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        var unit = 0;
        while (value >= 1024 && unit < ByteUnits.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        var format = unit == 0 ? "0" : "0.0";
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString(format, CultureInfo.InvariantCulture)} {ByteUnits[unit]}");
    }

    /// <summary>
    /// A length of time in at most two units: <c>4.2 s</c>, <c>3 min 20 s</c>, <c>2 d 5 h</c>.
    /// </summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => $"{span.Minutes} min {span.Seconds} s",
        { TotalHours: < 24 } => $"{span.Hours} h {span.Minutes} min",
        _ => $"{Count((long)span.TotalDays)} d {span.Hours} h",
    };

    /// <summary>How long ago something was, roughly: <c>12 s ago</c>, <c>3 h ago</c>.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now)
    {
        var span = now - then;
        return span switch
        {
            { TotalSeconds: < 1 } => "just now",
            { TotalMinutes: < 1 } => $"{(int)span.TotalSeconds} s ago",
            { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min ago",
            { TotalDays: < 1 } => $"{(int)span.TotalHours} h ago",
            _ => $"{Count((long)span.TotalDays)} d ago",
        };
    }

    /// <summary>Share of a whole: <c>48 %</c>; never <c>100 %</c> before all of it is there.</summary>
    public static string Percent(long part, long whole)
    {
        var percent = whole == 0 ? 100 : Math.Floor(100.0 * part / whole);
        return string.Create(CultureInfo.InvariantCulture, $"{percent:0} %");
    }

    /// <summary>A job's state for people: <c>completed with failures</c>.</summary>
    public static string State(JobState state) => state switch
    {
        JobState.CompletedWithFailures => "completed with failures",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>The way in which a unit failed.</summary>
    public static string Failure(UnitFailureKind kind) => kind switch
    {
        UnitFailureKind.Threw => "threw",
        UnitFailureKind.TimedOut => "ran past its time limit",
        UnitFailureKind.ResultTooLarge => "returned too much",
        UnitFailureKind.CannotLoad => "cannot be loaded",
        UnitFailureKind.WorkerDied => "worker died",
        UnitFailureKind.InputUnavailable => "input unavailable",
        _ => kind.ToString(),
    };
}
