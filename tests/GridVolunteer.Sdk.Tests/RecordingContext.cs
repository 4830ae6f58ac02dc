using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Sdk.Tests;

/// <summary>A host that keeps what a unit told it.</summary>
internal sealed class RecordingContext : ComputeContext
{
    public List<double> Progress { get; } = [];

    public byte[]? Saved { get; private set; }

    public override void ReportProgress(double fraction) => Progress.Add(fraction);

    public override void SaveCheckpoint(ReadOnlySpan<byte> state) => Saved = state.ToArray();
}
