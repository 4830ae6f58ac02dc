namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>
/// Processor time of this process, which is what its one busy thread used: other programs on the machine do
/// not count.
/// </summary>
internal sealed class ProcessorClock
{
    private readonly TimeSpan _start = Environment.CpuUsage.TotalTime;

    /// <summary>Since this was made.</summary>
    public double Seconds => (Environment.CpuUsage.TotalTime - _start).TotalSeconds;
}
