namespace GridVolunteer.Coordinator.Security;

/// <summary>
/// Answered challenges in this process' memory; when <see cref="Max"/> are remembered, further answers have to
/// wait.
/// </summary>
/// <param name="clock">The clock that challenges expire by.</param>
public sealed class AnsweredChallenges(TimeProvider clock) : IAnsweredChallenges
{
    /// <summary>The most that are remembered.</summary>
    public const int Max = 65536;

    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _answered = [];
    private readonly Queue<(UInt128 Challenge, DateTimeOffset Expiry)> _expiries = [];

    /// <inheritdoc/>
    public ValueTask<SpendOutcome> SpendAsync(UInt128 challenge, DateTimeOffset expiry) =>
        ValueTask.FromResult(Spend(challenge, expiry));

    private SpendOutcome Spend(UInt128 challenge, DateTimeOffset expiry)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            while (_expiries.TryPeek(out var oldest) && oldest.Expiry <= now)
            {
                _answered.Remove(_expiries.Dequeue().Challenge);
            }

            if (_answered.Contains(challenge))
            {
                return SpendOutcome.Replayed;
            }

            if (_answered.Count >= Max)
            {
                return SpendOutcome.Full;
            }

            // Expiries come in about the order of issue; a challenge answered late keeps its place a little
            // longer, at most one lifetime, which is harmless.
            _answered.Add(challenge);
            _expiries.Enqueue((challenge, expiry > now ? expiry : now));
            return SpendOutcome.Spent;
        }
    }
}
