namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>What a contender did in one of its turns.</summary>
/// <param name="Work">Cells or path steps.</param>
/// <param name="Seconds">Processor time.</param>
internal readonly record struct Lap(double Work, double Seconds)
{
    /// <summary>Work a second.</summary>
    public double Rate => Work / Seconds;
}
