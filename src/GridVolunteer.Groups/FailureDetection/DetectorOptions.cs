namespace GridVolunteer.Groups.FailureDetection;

/// <summary>
/// How a <see cref="FailureDetector"/> behaves. All processes that watch each other should use the same.
/// </summary>
public sealed record DetectorOptions
{
    /// <summary>
    /// Time between two probes of one process. Default 0.5 s, for a neighbourhood; 1 s suits wider sets. At least
    /// 50 ms. Shorter finds failures sooner and sends more.
    /// </summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// The least time a probe waits for an answer before others are asked to try. Default 200 ms. Beyond that it
    /// follows the measured round trip.
    /// </summary>
    public TimeSpan ProbeTimeoutMin { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The most a probe waits, before health multiplies it. Default 2 s.</summary>
    public TimeSpan ProbeTimeoutMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many others are asked to try. Default 3, at most 16.</summary>
    public int IndirectProbes { get; init; } = 3;

    /// <summary>
    /// The suspicion lasts at least this many times max(1, log10 n) periods. Default 4. Less is quicker and
    /// errs more often.
    /// </summary>
    public double SuspicionFactor { get; init; } = 4;

    /// <summary>How many times longer it lasts while nobody confirms it. Default 6.</summary>
    public double SuspicionStretch { get; init; } = 6;

    /// <summary>How many confirmations make it as short as it gets. Default 2, at most 8.</summary>
    public int Confirmations { get; init; } = 2;

    /// <summary>How slow a detector that doubts itself may become, in multiples. Default 8.</summary>
    public int HealthMultiplierMax { get; init; } = 8;

    /// <summary>Time between two rounds of gossip while there is any. Default 200 ms.</summary>
    public TimeSpan GossipInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many get it each round. Default 3.</summary>
    public int GossipTargets { get; init; } = 3;

    /// <summary>A claim is passed on this many times ceil(log10(n + 1)). Default 4.</summary>
    public int GossipFactor { get; init; } = 4;

    /// <summary>The least time between two comparisons of everything with somebody. Default 15 s.</summary>
    public TimeSpan ExchangeIntervalMin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The most time between two of them. Default 30 s.</summary>
    public TimeSpan ExchangeIntervalMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The least time until a dead process is tried again. Default 10 s.</summary>
    public TimeSpan RetryIntervalMin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most time until then. Default 30 s.</summary>
    public TimeSpan RetryIntervalMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a goodbye is repeated to those who do not acknowledge it. Default 5 s.</summary>
    public TimeSpan GoodbyeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// True when processes that others tell of are watched too, so that knowing one is enough to know all. False
    /// (the default) when only those are watched that the host names: a neighbourhood.
    /// </summary>
    public bool LearnsMembers { get; init; }

    /// <summary>How many processes are known at most. Default 1,024; others are refused.</summary>
    public int MembersMax { get; init; } = 1_024;

    /// <summary>What is wrong with these options, each fault in a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                faults.Add(otherwise);
            }
        }

        Require(Period >= TimeSpan.FromMilliseconds(50), $"{nameof(Period)} is at least 50 ms.");
        Require(
            ProbeTimeoutMin > TimeSpan.Zero && ProbeTimeoutMin <= ProbeTimeoutMax,
            $"{nameof(ProbeTimeoutMin)} is more than nothing and at most {nameof(ProbeTimeoutMax)}.");
        Require(IndirectProbes is >= 0 and <= 16, $"{nameof(IndirectProbes)} is 0 to 16.");
        Require(SuspicionFactor >= 1, $"{nameof(SuspicionFactor)} is at least 1.");
        Require(SuspicionStretch >= 1, $"{nameof(SuspicionStretch)} is at least 1.");
        Require(Confirmations is >= 0 and <= 8, $"{nameof(Confirmations)} is 0 to 8.");
        Require(HealthMultiplierMax is >= 1 and <= 64, $"{nameof(HealthMultiplierMax)} is 1 to 64.");
        Require(GossipInterval > TimeSpan.Zero, $"{nameof(GossipInterval)} is more than nothing.");
        Require(GossipTargets >= 1 && GossipFactor >= 1, "Gossip goes to at least one process, at least once.");
        Require(
            ExchangeIntervalMin > TimeSpan.Zero && ExchangeIntervalMin <= ExchangeIntervalMax,
            $"{nameof(ExchangeIntervalMin)} is more than nothing and at most {nameof(ExchangeIntervalMax)}.");
        Require(
            RetryIntervalMin > TimeSpan.Zero && RetryIntervalMin <= RetryIntervalMax,
            $"{nameof(RetryIntervalMin)} is more than nothing and at most {nameof(RetryIntervalMax)}.");
        Require(MembersMax is >= 1 and <= 65_536, $"{nameof(MembersMax)} is 1 to 65,536.");
        return faults;
    }
}
