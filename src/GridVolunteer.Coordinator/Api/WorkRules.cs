using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Api;

/// <summary>What a work request must keep to, beyond what each report is checked for.</summary>
public static class WorkRules
{
    /// <summary>The most characters of a request's id.</summary>
    public const int RequestIdLengthMax = 64;

    /// <summary>The longest wait, in seconds.</summary>
    public const double WaitSecondsMax = 60;

    /// <summary>The most reports in one request.</summary>
    public const int ReportsMax = 1024;

    /// <summary>What is wrong with the request, or null.</summary>
    public static string? Fault(WorkRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestId.Length is 0 or > RequestIdLengthMax)
        {
            return $"requestId has 1 to {RequestIdLengthMax} characters.";
        }

        if (!(request.WaitSeconds is >= 0 and <= WaitSecondsMax))
        {
            return $"waitSeconds is 0 to {WaitSecondsMax}.";
        }

        if (request.Reports.Count > ReportsMax)
        {
            return $"A request carries at most {ReportsMax} reports.";
        }

        // A list that came as JSON may hold nulls, whatever its type says.
        for (var i = 0; i < request.Reports.Count; i++)
        {
            if (request.Reports[i] is null || request.Reports[i].Failures.Contains(null!))
            {
                return $"reports[{i}] is null, or a failure in it is.";
            }
        }

        if (request.Wanted is not { } wanted)
        {
            return null;
        }

        return !(wanted.Seconds > 0 && double.IsFinite(wanted.Seconds)) ? "wanted.seconds is more than 0."
            : wanted.UnitsMax is < 1 or > ServiceEndpoints.GrantUnitsMax
                ? $"wanted.unitsMax is 1 to {ServiceEndpoints.GrantUnitsMax}."
            : null;
    }
}
