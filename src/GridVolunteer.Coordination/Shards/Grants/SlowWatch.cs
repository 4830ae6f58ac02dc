namespace GridVolunteer.Coordination.Shards.Grants;

/// <summary>
/// Remembers whether a second copy could be handed out, so that a shard at its end, with thousands of grants
/// out, does not look through them at every exchange. It looks again after a quarter of a second, or when
/// grants were made or lost.
/// </summary>
internal sealed class SlowWatch
{
    private const long FreshMs = 250;

    private long _lookedAtMs = long.MinValue;

    /// <summary>
    /// Whether some slow grant has a unit that may get a second copy, when it was last looked.
    /// </summary>
    public bool HasSlowUnit { get; private set; }

    /// <summary>
    /// When the next grant becomes slow, as far as was known then; <see cref="long.MaxValue"/> when none
    /// will.
    /// </summary>
    public long NextSlowMs { get; private set; } = long.MaxValue;

    /// <summary>What was seen is out of date.</summary>
    public void Forget() => _lookedAtMs = long.MinValue;

    /// <summary>Looks, unless it just did; nothing is slow while something else can be handed out.</summary>
    public void Look(ShardBooks books, long clockFromMs, long nowMs)
    {
        if (books.HasWorkLeft)
        {
            (HasSlowUnit, NextSlowMs) = (false, long.MaxValue);
            Forget();
            return;
        }

        if (_lookedAtMs != long.MinValue && nowMs - _lookedAtMs < FreshMs && nowMs < NextSlowMs)
        {
            return;
        }

        (HasSlowUnit, NextSlowMs, _lookedAtMs) = (false, long.MaxValue, nowMs);
        foreach (var grant in books.Grants.All)
        {
            if (grant.Live.IsEmpty)
            {
                continue;
            }

            var startMs = Math.Max(grant.GrantedAtMs, clockFromMs);
            var slowAt = LeaseRules.SlowAtMs(grant, startMs, books.MeanSeconds);
            if (slowAt > nowMs)
            {
                NextSlowMs = Math.Min(NextSlowMs, slowAt);
            }
            else
            {
                HasSlowUnit = HasSlowUnit || books.Grants.HasSecondCopyLeft(grant);
            }
        }
    }
}
