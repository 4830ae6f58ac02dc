using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>A load on a cluster.</summary>
/// <param name="Silos">Its size.</param>
/// <param name="Load">What it cost.</param>
public sealed record SizedReport(int Silos, LoadReport Load);
