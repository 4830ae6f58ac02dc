using System.Diagnostics.CodeAnalysis;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>
/// A host that cancels a unit after so many reports of progress, and counts those that still come.
/// </summary>
internal sealed class CancellingContext : ComputeContext
{
    private readonly CancellationTokenSource _cancellation;
    private readonly int _afterReports;

    [SetsRequiredMembers]
    public CancellingContext(ComputeContext unit, CancellationTokenSource cancellation, int afterReports)
    {
        Unit = unit.Unit;
        UnitInput = unit.UnitInput;
        Parameters = unit.Parameters;
        Inputs = unit.Inputs;
        ScratchFolder = unit.ScratchFolder;
        Seed = unit.Seed;
        _cancellation = cancellation;
        _afterReports = afterReports;
    }

    public int Reports { get; private set; }

    public override void ReportProgress(double fraction)
    {
        Reports++;
        if (Reports == _afterReports)
        {
            _cancellation.Cancel();
        }
    }
}
