using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>One load on the coordinator alone and on clusters of several sizes.</summary>
/// <param name="Embedded">The coordinator alone; null when it was left out.</param>
/// <param name="Clusters">The clusters, in the order asked for.</param>
public sealed record ClusterReport(LoadReport? Embedded, IReadOnlyList<SizedReport> Clusters);
