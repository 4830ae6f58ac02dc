using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>A load on a cluster.</summary>
/// <param name="Silos">Its size.</param>
/// <param name="IsApart">True when it was no cluster, but as many of one silo side by side.</param>
/// <param name="Load">What it cost.</param>
public sealed record SizedReport(int Silos, bool IsApart, LoadReport Load)
{
    /// <summary>What to call it.</summary>
    public string Name => IsApart ? $"{Silos} apart" : Silos == 1 ? "1 silo" : $"{Silos} silos";
}
