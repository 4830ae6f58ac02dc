using System.Globalization;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Cli.Presentation;

namespace GridVolunteer.Cli.Workloads;

/// <summary>Says how each unit of a trial went, as it is done.</summary>
/// <param name="output">Where the lines go.</param>
public sealed class TrialLines(TextWriter output) : IProgress<TrialUnit>
{
    /// <inheritdoc/>
    public void Report(TrialUnit value)
    {
        ArgumentNullException.ThrowIfNull(value);
        output.WriteLine(value.Fault is { } fault
            ? $"unit {value.Unit}: {fault}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"unit {value.Unit}: {Wording.Bytes(value.ResultSizeBytes)} in {value.Seconds:0.000} s, the same twice"));
    }
}
