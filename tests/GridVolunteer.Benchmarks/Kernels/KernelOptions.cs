namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>How the kernels are measured.</summary>
/// <param name="Rounds">How often each contender has its turn.</param>
/// <param name="SecondsPerRound">How long a turn is, in processor time.</param>
/// <param name="WithPeers">Whether others' programs take part.</param>
internal sealed record KernelOptions(int Rounds, double SecondsPerRound, bool WithPeers);
