using System.Globalization;
using GridVolunteer.Protocol.Client;

namespace GridVolunteer.Cluster.Tests.Survival;

/// <summary>A request that a volunteer had to repeat, and why.</summary>
/// <param name="Volunteer">Who.</param>
/// <param name="Request">What it asked; the first request of a volunteer also gets it a token.</param>
/// <param name="At">When it heard that it has to.</param>
/// <param name="After">How long it had waited by then.</param>
/// <param name="Reason">What it heard.</param>
internal sealed record Repetition(string Volunteer, string Request, DateTimeOffset At, TimeSpan After, Exception Reason)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var said = Reason is CoordinatorProblemException problem
            ? $"{(int)problem.Status} {problem.Type}: {problem.Message}"
            : string.Join(" <- ", Causes(Reason));
        return string.Create(
            CultureInfo.InvariantCulture, $"{At:HH:mm:ss.fff} {Volunteer}, {Request}, after {After.TotalSeconds:0.000} s: {said}");
    }

    private static IEnumerable<string> Causes(Exception reason)
    {
        for (var cause = reason; cause is not null; cause = cause.InnerException)
        {
            yield return $"{cause.GetType().Name}: {cause.Message}";
        }
    }
}
