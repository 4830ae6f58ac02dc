namespace GridVolunteer.Benchmarks.Load;

/// <summary>A coordinator as volunteers see it: one process, or a cluster of them.</summary>
/// <param name="Addresses">Where it listens; volunteers spread over them.</param>
/// <param name="OperatorToken">The operator's token.</param>
public sealed record LoadedGrid(IReadOnlyList<Uri> Addresses, string OperatorToken);
